from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from monosashi.web.keep.worker import work


class Command(BaseCommand):
    help = "Work on background jobs until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="Stop when no job is waiting.")
        parser.add_argument("--parent", type=int, help="End when the process of this number is gone.")

    def handle(self, *args: Any, **options: Any) -> None:
        work(until_empty=options["until_empty"], parent=options["parent"])
