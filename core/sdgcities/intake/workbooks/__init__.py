"""The parts that workbooks are made of: each kind of file is surveyed within limits before a reader makes room for its cells."""
