"""The pages of the plugin `warehouse_page`: one module for each, over templates that escape every value."""
