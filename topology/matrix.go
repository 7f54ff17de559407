package topology

import (
	"masar/answers"
)

// Matrix aggregates claims by two dimensions.
type Matrix struct {
	// Rows and Columns are the values of the dimensions in the order of distributions. The claims without a value come
	// last.
	Rows, Columns []Value
	// OtherRows and OtherColumns are the numbers of values that are not shown.
	OtherRows, OtherColumns int
	// Cells are the cells with claims, by row and column.
	Cells []Cell
}

// Cell aggregates the claims of a row and a column.
type Cell struct {
	// Row and Column are indexes into the matrix's Rows and Columns.
	Row, Column int
	// Value is nil if the measure is not defined.
	Value *float64
}

// Matrix aggregates the claims by two dimensions. The error has code BAD_INPUT.
func (s *Selection) Matrix(q answers.MatrixArgs) (Matrix, error) {
	rows, err := s.side(q.Rows, "firstRows", q.FirstRows, nil)
	if err != nil {
		return Matrix{}, err
	}
	columns, err := s.side(q.Columns, "firstColumns", q.FirstColumns, nil)
	if err != nil {
		return Matrix{}, err
	}
	width := len(columns.shown)
	cells := make([]tally, len(rows.shown)*width)
	var rowRoom, columnRoom []int
	for _, c := range s.claims {
		rowRoom, columnRoom = rows.slots(c, rowRoom[:0]), columns.slots(c, columnRoom[:0])
		for _, row := range rowRoom {
			for _, column := range columnRoom {
				cells[row*width+column].add(s.Graph, c, q.Measure)
			}
		}
	}
	m := Matrix{Rows: rows.shown, Columns: columns.shown, OtherRows: rows.rest, OtherColumns: columns.rest}
	for i := range cells {
		if cells[i].claims > 0 {
			m.Cells = append(m.Cells, Cell{i / width, i % width, cells[i].value(s.Graph, q.Measure)})
		}
	}
	return m, nil
}

// side is one side of a matrix: the shown values and their positions.
type side struct {
	axis
	shown   []Value
	rest    int
	slot    []int // position in shown of a value number; -1 if it is not shown
	unknown int   // position of the claims without a value; -1 if there are none
	room    []int32
}

func (s *Selection) side(d answers.Dimension, argument string, first *int, order *answers.BucketOrder) (*side, error) {
	a := s.Graph.axis(d)
	show, err := sides.Of(argument, first)
	if err != nil {
		return nil, err
	}
	return newSide(a, s.distributed(a, show, order)), nil
}

func newSide(a axis, distribution Distribution) *side {
	of := &side{axis: a, rest: distribution.OtherBuckets, slot: make([]int, a.size), unknown: -1, room: make([]int32, 0, 64)}
	for v := range of.slot {
		of.slot[v] = -1
	}
	for i, b := range distribution.Buckets {
		of.slot[b.number] = i
		of.shown = append(of.shown, b.Value)
	}
	if distribution.Unknown > 0 {
		of.unknown = len(of.shown)
		of.shown = append(of.shown, Value{answers.Unknown, None})
	}
	return of
}

// slots adds to room the positions of a claim's shown values.
func (s *side) slots(c Claim, room []int) []int {
	values := s.values(c, s.room)
	if len(values) == 0 && s.unknown >= 0 {
		return append(room, s.unknown)
	}
	for _, v := range values {
		if slot := s.slot[v]; slot >= 0 {
			room = append(room, slot)
		}
	}
	return room
}
