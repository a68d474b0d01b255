"""The archive in Datasette: its settings, and the plugin that makes its search box ours."""
