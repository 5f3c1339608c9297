"""What figures are reported against beyond a country's own set: the Sustainable Development Goals and the Global Urban Monitoring Framework.

The lists are files beside these modules, with source and status in each row. A hub may be given newer ones, in the same form.
"""
