"""The scenarios that come with riserun, one TOML file each."""
