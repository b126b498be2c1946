"""HTTP: the routes, their problems, their streams and the plain page."""
