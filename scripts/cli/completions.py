#!/usr/bin/python3
"""Writes what bash, zsh and fish complete for one tool, from its --help.

usage: completions.py TOOL FOLDER
Makes FOLDER/{bash,zsh,fish}/... under the names that each shell looks for.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True  # the project's folders stay as they are
import help_text


def words(help):
    """What may follow the tool's name, as one word each; "=" where a value
    is a part of the word."""
    for option in help.options():
        yield option.name + ("=" if option.value and option.attached and
                             not option.optional and option.name != "-O" else "")


def bash(help):
    function = "_" + re.sub(r"\W", "_", help.name)

    def cases(of):
        lines = [f"  {option.name})"
                 f" COMPREPLY=($(compgen -W '{' '.join(v for v, _ in option.choices)}'"
                 f' -- "$cur")); return ;;\n'
                 for option in of.options() if option.choices]
        # What is left is a file, or nothing that could be guessed.
        return "".join(lines) + "  ?*) return ;;\n"

    def body(of):
        return (f"  case $option in\n{cases(of)}  esac\n"
                f"  if [[ $cur == -* ]]; then\n"
                f"    COMPREPLY=($(compgen -W '{' '.join(words(of))}' -- \"$cur\"))\n"
                f"    [[ ${{COMPREPLY-}} != *= ]] || compopt -o nospace 2>/dev/null\n"
                f"    return\n  fi\n")

    text = (f"# Made from the --help of {help.name}.\n{function}() {{\n"
            "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
            "  local option=\n  COMPREPLY=()\n"
            "  # \"=\" is a word of its own.\n"
            "  if [[ $cur == = ]]; then option=$prev cur=\n"
            "  elif [[ $prev == = ]]; then option=${COMP_WORDS[COMP_CWORD-2]}\n"
            "  fi\n")
    if help.commands:
        text += "  if ((COMP_CWORD > 1)); then\n  case ${COMP_WORDS[1]} in\n"
        for name, command in help.commands.items():
            text += f"  {name})\n{body(command)}  return ;;\n"
        text += "  esac\n  fi\n"
        text += (f"  [[ $cur == -* ]] || COMPREPLY=($(compgen -W "
                 f"'{' '.join(help.commands)}' -- \"$cur\"))\n")
    return text + body(help) + f"}}\ncomplete -o default -F {function} {help.name}\n"


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def zsh(help):
    def brackets(text):
        return re.sub(r"([\[\]:\\])", r"\\\1", text)

    def specs(of):
        for option in of.options():
            spec = "*" + option.name
            if option.value:
                spec += "-" if option.name == "-O" else (
                    "=" if option.attached else "+")
            spec += f"[{brackets(option.text)}]"
            if option.value:
                spec += ("::" if option.optional else ":") + option.value + ":"
                if option.choices:
                    spec += "((" + " ".join(
                        re.sub(r'([\s:"()\\])', r"\\\1", v) + '\\:"' +
                        re.sub(r'([:"\\])', r"\\\1", t) + '"'
                        for v, t in option.choices) + "))"
                elif option.takes_file():
                    spec += "_files"
            yield "    " + quoted(spec)

    def arguments(of, last):
        return "_arguments -S \\\n" + " \\\n".join([*specs(of), f"    {last}"]) + "\n"

    text = f"#compdef {help.name}\n# Made from the --help of {help.name}.\n"
    if not help.commands:
        return text + arguments(help, "'*:file:_files'")
    names = " ".join(f"{name}\\:{quoted(command.overview)}".replace("'", '"')
                     for name, command in help.commands.items())
    text += ("local curcontext=$curcontext state line\n"
             + arguments(help, f"'1:command:(({names}))' '*::argument:->command'")
             .replace("_arguments -S", "_arguments -C -S", 1)
             + '[[ $state == command ]] || return\ncase $line[1] in\n')
    for name, command in help.commands.items():
        text += f"{name})\n" + arguments(command, "'*:file:_files'") + ";;\n"
    return text + "esac\n"


def fish_quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(help):
    def lines(of, condition):
        for option in of.options():
            line = f"complete -c {help.name}{condition} "
            name = option.name.lstrip("-")
            line += f"-{'l' if option.name.startswith('--') else 's'} {name}"
            if option.value and not option.optional:
                line += " -r" if option.takes_file() else " -x"
            if option.choices:
                line += " -a " + fish_quoted("\n".join(
                    f"{v}\\t{fish_quoted(t)}" for v, t in option.choices))
            yield f"{line} -d {fish_quoted(option.text)}\n"

    text = f"# Made from the --help of {help.name}.\n"
    if help.commands:
        for name, command in help.commands.items():
            text += (f"complete -c {help.name} -n __fish_use_subcommand -f -a {name}"
                     f" -d {fish_quoted(command.overview)}\n")
            text += "".join(lines(command, f" -n '__fish_seen_subcommand_from {name}'"))
        return text + "".join(lines(help, " -n __fish_use_subcommand"))
    return text + "".join(lines(help, ""))


def main(tool, folder):
    name = pathlib.Path(tool).name
    help = help_text.read(tool, name)
    if not help.options():
        sys.exit(f"completions.py: error: {name} --help shows no option")
    for shell, file, text in (("bash", name, bash(help)), ("zsh", "_" + name, zsh(help)),
                              ("fish", name + ".fish", fish(help))):
        path = pathlib.Path(folder, shell, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
