"""Shell tests that are UNSUPPORTED only where unsupported.txt says why."""

import os
import re

import lit.Test
import lit.formats

from reasons import read_list


class ListedShTest(lit.formats.ShTest):
    """A module of its own, because lit's workers look the class up by name."""

    def __init__(self, list_file):
        super().__init__(execute_external=True)
        self.list_file = list_file
        self.listed = read_list(list_file)

    def execute(self, test, lit_config):
        result = super().execute(test, lit_config)
        if result.code is not lit.Test.UNSUPPORTED:
            return result
        name = "/".join(test.path_in_suite)
        # lit's words end in ": feature, feature".
        features = re.findall(r"[\w-]+", result.output.rsplit(":", 1)[-1])
        missing = [feature for feature in features
                   if (name, feature) not in self.listed]
        if features and not missing:
            return result
        return lit.Test.Result(
            lit.Test.FAIL,
            f"{result.output}\n{name} did not run, and "
            f"{os.path.basename(self.list_file)} does not say why it need not. "
            f"Make it run, or add: {name} {' '.join(missing) or 'FEATURE'}: REASON")
