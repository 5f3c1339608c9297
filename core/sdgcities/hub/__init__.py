"""A running hub: its `hub.yaml`, and the one place that puts configuration, plugins and store together."""
