"""The words of the field as frozen dataclasses with typed ids. Holds no behaviour beyond their meaning."""
