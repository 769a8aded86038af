// The public pages need only the theme and plain links.
