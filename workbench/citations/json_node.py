"""One value of a JSON file with its place in it, so that every refusal names file, place and rule."""

from dataclasses import dataclass
from typing import Any

from workbench.errors import DataError


@dataclass(frozen=True, slots=True)
class JsonNode:
    """`place` is a JSON path such as `$.items[3].target`."""

    value: Any
    place: str
    file: str

    def refused(self, rule: str) -> DataError:
        """The error for this value, for raising."""
        return DataError(file=self.file, place=self.place, rule=rule)

    def child(self, key: str) -> "JsonNode":
        """The value under a name. Raises DataError when this is no object or lacks it."""
        found = self.optional(key)
        if found is None:
            raise self.refused(f"“{key}” is missing")
        return found

    def optional(self, key: str) -> "JsonNode | None":
        """The same, None when it is not there. Raises DataError when this is no object."""
        if not isinstance(self.value, dict):
            raise self.refused("it must be an object")
        return JsonNode(self.value[key], f"{self.place}.{key}", self.file) if key in self.value else None

    def elements(self) -> "tuple[JsonNode, ...]":
        """The values of a list. Raises DataError."""
        if not isinstance(self.value, list):
            raise self.refused("it must be a list")
        return tuple(JsonNode(each, f"{self.place}[{number}]", self.file) for number, each in enumerate(self.value))

    def one_or_more(self) -> "tuple[JsonNode, ...]":
        """The values of a list, or this one alone where JSON-LD lets a list of one stand without brackets."""
        return self.elements() if isinstance(self.value, list) else (self,)

    def only(self) -> "JsonNode":
        """This value, or the only one of a list. Raises DataError when a list holds none or several."""
        if len(found := self.one_or_more()) != 1:
            raise self.refused("it must be exactly one")
        return found[0]

    def text(self) -> str:
        """A string that can be kept. Raises DataError."""
        if not isinstance(self.value, str):
            raise self.refused("it must be a text")
        try:
            self.value.encode()
        except UnicodeEncodeError as error:
            raise self.refused("the text holds half a character") from error
        return self.value

    def name(self) -> str:
        """A string that is not empty. Raises DataError."""
        if not (found := self.text()):
            raise self.refused("it must not be empty")
        return found

    def count(self) -> int:
        """A whole number, 0 or more. Raises DataError."""
        if type(self.value) is not int or self.value < 0:
            raise self.refused("it must be a whole number, 0 or more")
        return self.value

    def has_type(self, wanted: str) -> bool:
        """Whether `type` names this class, alone or among others. Raises DataError when there is no type."""
        return wanted in [each.text() for each in self.child("type").one_or_more()]
