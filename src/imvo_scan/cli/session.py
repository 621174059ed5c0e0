"""One run of a command that scores: the same files, settings, tables, lists and day for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.inputs import Inputs, inventory_files, parse_day, read_raw
from imvo_scan.cli.lists import ListImport
from imvo_scan.cli.progress import LONG_TEXT, MANY_SITES, doing
from imvo_scan.cli.remarks import remark, remark_problems
from imvo_scan.cli.run_files import RunFiles
from imvo_scan.cli.speech import speak, tell
from imvo_scan.core.data_dir import data_directory
from imvo_scan.core.errors import ImvoScanError, InventoryError, UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.core.sanitise import clean
from imvo_scan.settings.choices import Audience

if TYPE_CHECKING:
    from imvo_scan.chain import Report
    from imvo_scan.cli.options import ScoringOptions, TableOptions
    from imvo_scan.evidence import Edition, Evidence
    from imvo_scan.inventory import Inventory
    from imvo_scan.settings import Resolved, Settings


def settings_of(options: TableOptions, inputs: Sequence[str] = ()) -> Resolved:
    """The settings for these inputs, and the file they are from said on standard error.

    Prints them and stops where `--show-config` asks for that. Raises `UsageError`.
    """
    resolved = options.resolved(inputs)
    speak(resolved.settings.lang)
    if options.show_config:
        print(*(clean(tell(line)) for line in resolved.lines()), sep="\n", file=standard_output())
        raise typer.Exit
    if resolved.file is not None:
        remark(resolved.used())
    return resolved


class Session:
    """What a command that scores works with; `names` are the inputs, empty where none was given.

    Raises `UsageError` where an input does not exist or settings are wrong.
    """

    def __init__(
        self, options: ScoringOptions, names: Sequence[str], *, folders: bool = True
    ) -> None:
        """Find the files and settle the settings; nothing is read yet."""
        inputs = inventory_files(names) if folders else Inputs(tuple(names))
        self.resolved = settings_of(options, inputs.files)
        self.settings: Settings = self.resolved.settings
        self.files = inputs.files
        self.lists = ListImport.of(options)
        self.lists.is_public = self.is_public
        self.complete = not inputs.problems
        self._day = parse_day(options.today)
        self.run_files = self._run_files()
        remark_problems(inputs.problems)

    def _run_files(self) -> RunFiles:
        """What this run reads and writes, whatever the command. Raises `UsageError`."""
        files, settings = RunFiles(), self.settings
        for name in self.files:
            files.reads(name, message("cli.the-input", name=name))
        files.reads(settings.waivers, message("cli.the-waivers"))
        files.reads(settings.baseline, message("cli.the-baseline"))
        files.reads(self.lists.mapping, message("cli.the-mapping"))
        file = self.resolved.file
        files.reads(None if file is None else file.path, message("cli.the-settings"))
        files.reads(data_directory(), message("cli.the-tables"))
        files.reads(settings.data, message("cli.your-tables"))
        if self.lists.save_mapping is not None:
            files.writes(self.lists.save_mapping, "--save-mapping")
            self.lists.refuse_to_replace()
        if self.lists.report_file is not None:
            files.writes(self.lists.report_file, "--import-report")
        return files

    @cached_property
    def today(self) -> date:
        """The day by which dates and evidence are judged."""
        from imvo_scan.chain import day_of_scan

        return self._day or day_of_scan()

    @cached_property
    def evidence(self) -> Evidence:
        """The tables. Raises `UsageError` where they are older than the user accepts."""
        from imvo_scan.evidence import load_evidence

        evidence = load_evidence(self.settings.data)
        _refuse_old(evidence.edition, self.today, self.settings.max_data_age)
        return evidence

    @property
    def is_public(self) -> bool:
        """Whether names and free text are withheld from all that is printed."""
        return self.settings.audience is Audience.PUBLIC

    def shown(self, report: Report) -> Report:
        """The report as the audience may see it; sites keep their places, and scores are final."""
        if not self.is_public:
            return report
        from imvo_scan.report.redaction import redacted

        return redacted(report)

    def shown_inventory(self, inventory: Inventory) -> Inventory:
        """The inventory as the audience may see it."""
        if not self.is_public:
            return inventory
        from imvo_scan.report.redaction import redacted_inventory

        return redacted_inventory(inventory, self.evidence)

    def only_file(self) -> str:
        """The one input. Raises `UsageError` where none was given."""
        self._demand_input()
        return self.files[0]

    def _demand_input(self) -> None:
        """Asked after the settings, which can be shown without any input."""
        if not self.files and self.complete:
            raise UsageError.of(message("cli.no-input"), message("cli.name-an-input"))

    def report(self) -> Report:
        """The report on every input that can be read; says what is wrong with the others.

        Raises `InventoryError` where none can be read.
        """
        self._demand_input()
        inventories = self._inventories()
        if not inventories:
            self.lists.write_report()
            raise InventoryError([])  # each problem was said already
        return self.scored(*inventories)

    def _inventories(self) -> list[Inventory]:
        from imvo_scan.core.file_names import source_of

        read = []
        for name in self.files:
            try:
                inventory = self.inventory(read_raw(name), source_of(name))
            except ImvoScanError as error:
                self.complete = False
                remark_problems(error.problems)
                continue
            if not self.is_public:  # a notice quotes what was written
                for notice in inventory.notices:
                    remark(notice)
            read.append(inventory)
        return read

    def inventory(self, raw: bytes, name: str) -> Inventory:
        """An inventory, or a list of suppliers read as one. Raises `InventoryError`."""
        from imvo_scan.cli.lists import is_table
        from imvo_scan.inventory import parse_inventory

        if is_table(name, raw):
            return self.lists.read(raw, name, self.evidence).inventory
        with doing(message("cli.reading", file=name), takes_long=len(raw) > LONG_TEXT):
            return parse_inventory(raw, name, self.evidence.taxonomy)

    def scored(self, *inventories: Inventory) -> Report:
        """The report on inventories that were read. Raises `InventoryError`."""
        from imvo_scan.chain import scan

        many = sum(len(one.suppliers) for one in inventories) > MANY_SITES
        with doing(message("cli.scoring"), takes_long=many):
            return scan(*inventories, evidence=self.evidence, today=self._day)

    def finish(self, code: Exit = Exit.OK) -> Exit:
        """The exit code: 2 where an input could not be read, or a list has gaps and is strict.

        What became of each row is written first, where that was asked for.
        """
        self.lists.write_report()
        code = self.lists.allowed(code)
        return code if self.complete else Exit.FAILED


def _refuse_old(edition: Edition, today: date, most: int | None) -> None:
    """Tables that are older than the user accepts are no basis for a scan."""
    age = (today - date.fromisoformat(edition.date)).days
    if most is not None and age > most:
        what = message("cli.old-tables", n=age, most=most)
        raise UsageError.of(what, message("cli.newer-tables"))
