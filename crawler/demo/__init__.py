"""The built-in sample news site: invented news in two scripts, to try a crawl on."""
