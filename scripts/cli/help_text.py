"""What a tool's --help says, as data. The form is that of LLVM's CommandLine
library: headings, then lines of `  --name=<value>  - description`.
"""
import dataclasses
import re
import subprocess

# Options of passes stand further to the right; they are no options of the tool.
OPTION = re.compile(r"^( {2,6})(--?[^\s=<\[]+)(\[?=?<[^>]*>\]?| <[^>]*>)? +- +(.*)$")
CHOICE = re.compile(r"^ {4}=(\S+)(?: +- *(.*))?$")
SUBCOMMAND = re.compile(r"^  (\w[\w-]*) +- (.*)$")


@dataclasses.dataclass
class Option:
    name: str  # "--format", "-O"
    value: str = ""  # "file", or "" when it takes none
    attached: bool = True  # "--format=text" or "-O2", not "-o file"
    optional: bool = False  # "--require-abi[=<version>]"
    text: str = ""
    choices: list = dataclasses.field(default_factory=list)  # (value, text)

    def spelling(self):
        """As --help writes it."""
        if not self.value:
            return self.name
        if self.optional:
            return f"{self.name}[=<{self.value}>]"
        return f"{self.name}{'=' if self.name.startswith('--') else ' '}<{self.value}>"

    def takes_file(self):
        return bool(re.match(r"file|folder|director|library|output", self.value))


@dataclasses.dataclass
class Help:
    name: str  # "plumb-abi check"
    overview: str = ""  # the first line, and what follows it
    details: str = ""
    usage: str = ""
    sections: list = dataclasses.field(default_factory=list)  # (title, [Option])
    commands: dict = dataclasses.field(default_factory=dict)  # name: Help

    def options(self):
        return [option for _, options in self.sections for option in options]


def read(tool, name, command=None):
    """The help of a program, and that of its commands."""
    words = [tool] + ([command] if command else [])
    text = subprocess.run(words + ["--help"], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    help = parse(text, f"{name} {command}" if command else name)
    for sub in help.commands:
        overview = help.commands[sub]
        help.commands[sub] = read(tool, name, sub)
        help.commands[sub].overview = overview
    return help


def parse(text, name):
    help = Help(name)
    head, _, rest = text.partition("\nUSAGE: ")
    lines = head.removeprefix("OVERVIEW: ").split("\n", 1)
    help.overview = lines[0].strip()
    if len(lines) == 2:
        help.details = re.sub(r"^SUBCOMMAND.*", "", lines[1], flags=re.M).strip()
    help.usage, _, rest = rest.partition("\n")
    options = commands = None
    for line in rest.splitlines():
        if line == "SUBCOMMANDS:":
            commands = help.commands
        elif commands is not None and (found := SUBCOMMAND.match(line)):
            commands[found[1]] = found[2]
        elif line == "OPTIONS:":
            commands = None
        elif re.match(r"^\S.*:$", line):
            options = []
            help.sections.append((line[:-1], options))
        elif options is None:
            continue
        elif found := CHOICE.match(line):
            if options and found[1] != "<empty>":
                options[-1].choices.append((found[1], found[2] or ""))
        elif found := OPTION.match(line):
            value = found[3] or ""
            option = Option(found[2], value.strip("[=<>] "),
                            value[:1] in ("=", "[") or found[2] == "-O",
                            value[:1] == "[", found[4].strip())
            # `--x` and `--x=<value>` are one option in two lines.
            if options and options[-1].name == option.name:
                option.optional = True
                options.pop()
            options.append(option)
    return help
