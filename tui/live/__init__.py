"""The running application: what moves it on besides the drawing."""
