# Reads a workbook with openpyxl, in the mode that trusts the range of a sheet, and prints what a reader sees as JSON.
import json
import sys

import openpyxl

path = sys.argv[1]
book = openpyxl.load_workbook(path, read_only=True)
sheet = book.worksheets[0]
rows = [[None if value is None else value.isoformat() if hasattr(value, "isoformat") else value for value in row] for row in sheet.iter_rows(values_only=True)]
whole = openpyxl.load_workbook(path)
first = whole.worksheets[0]
json.dump({
    "dimension": sheet.calculate_dimension(), "rows": rows, "sheets": book.sheetnames, "title": book.properties.title, "creator": book.properties.creator,
    "rightToLeft": bool(first.sheet_view.rightToLeft), "filter": first.auto_filter.ref, "frozen": first.freeze_panes,
    "widths": [first.column_dimensions[openpyxl.utils.get_column_letter(i + 1)].width for i in range(first.max_column)],
}, sys.stdout)
