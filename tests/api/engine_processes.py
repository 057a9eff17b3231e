"""The processes of a running server, as /proc tells them: which one has a document, what they hold, what is left."""
import collections
import os
import pathlib
import signal
import time

PROC = pathlib.Path("/proc")
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


def stat_of(process):
    """The fields of /proc/N/stat behind the name; None: it has ended."""
    try:
        return (PROC / str(process) / "stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def parents(dead=False):
    """{process: its parent}, of the living; or with those that have ended and that nobody has waited for."""
    found = {}
    for entry in PROC.iterdir():
        stat = stat_of(entry.name) if entry.name.isdigit() else None
        if stat and (dead or stat[0] != "Z"):
            found[int(entry.name)] = int(stat[1])
    return found


def below(root, dead=False):
    """All that `root` has started, and what these have, without itself."""
    table, tree, added = parents(dead), set(), {root}
    while added:
        added = {process for process, parent in table.items() if parent in added and process not in tree}
        tree |= added
    return tree


def dead_below(root):
    return sorted(below(root, dead=True) - below(root))


def arguments(process):
    """Its words; of one that a browser's zygote made, all in one."""
    try:
        return (PROC / str(process) / "cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
    except (FileNotFoundError, ProcessLookupError):
        return []


def parent_of_engine(server, kind):
    """The process under `server` that starts the children of an engine."""
    for process, parent in parents().items():
        words = arguments(process)
        if parent == server and "--kind" in words and words[words.index("--kind") + 1] == kind:
            return process
    raise AssertionError(f"no parent of the {kind} engine below {server}")


def children_of_engine(server, kind):
    """The processes that get documents: children of the engine's parent."""
    wanted = parent_of_engine(server, kind)
    return sorted(process for process, parent in parents().items() if parent == wanted)


def fetcher_of(server):
    return next(process for process, parent in parents().items() if parent == server and "fetcher" in arguments(process))


def maps(process, sha256):
    """Whether a process has the document of this hash before it: blobs are named by their hash."""
    try:
        return sha256[2:] in (PROC / str(process) / "maps").read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False


def child_with(server, kind, sha256, patience=30):
    """The child that works on this document, as soon as one does."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        for child in children_of_engine(server, kind):
            if maps(child, sha256):
                return child
        time.sleep(0.01)
    raise AssertionError(f"no {kind} child has taken the document within {patience} s")


def browser_of(driver):
    """The browser's own process below a child of the web engine."""
    table = parents()
    return next(process for process, parent in table.items() if parent == driver and "--type=" not in " ".join(arguments(process)))


def busiest_renderer(driver, seconds=0.3):
    """The process of a page that computes most."""
    def used(process):
        stat = stat_of(process)
        return int(stat[11]) + int(stat[12]) if stat else 0
    before = {process: used(process) for process in below(driver) if "--type=renderer" in " ".join(arguments(process))}
    time.sleep(seconds)
    return max(before, key=lambda process: used(process) - before[process])


def send(process, name):
    try:
        os.kill(process, getattr(signal, name))
    except ProcessLookupError:
        pass


def descriptors(process):
    """{kind or path: how many} of what a process has open, but for the database: each thread has a connection once it needed one."""
    found = collections.Counter()
    for entry in (PROC / str(process) / "fd").iterdir():
        try:
            target = os.readlink(entry)
        except FileNotFoundError:  # closed meanwhile
            continue
        if ".db" not in target:
            found[target.split(":[")[0]] += 1
    return found


def scratch_folders(server, kind):
    """Folders of children in the engine's own /tmp: one for each living child, if all is well."""
    return sorted(entry.name for entry in (PROC / str(parent_of_engine(server, kind)) / "root" / "tmp").iterdir())


def megabytes(processes):
    """Memory that these processes have, shared pages counted in parts."""
    total = 0
    for process in processes:
        try:
            rollup = (PROC / str(process) / "smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")))
    return total / 1024


def engine_tree(server, kind):
    parent = parent_of_engine(server, kind)
    return below(parent) | {parent}
