"""What zipfile raises for an archive that is broken or packed in a way that it does not know.

A file that cannot be read is an OSError besides, and a protected member a RuntimeError: whoever reads says
what these mean.
"""

import zipfile
import zlib

ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
"""ValueError is for a place before the beginning of the file."""
