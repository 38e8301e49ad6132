"""Tests of measures at a desk: typing a sheet, the board, feedback cards."""
