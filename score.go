package masar

// Score is a number of which something may be unknown. All are in [0,1].
type Score struct {
	// Point is the score by what is known; nil where nothing is.
	Point *float64
	// Low and High are the least and the most that it can be, whatever the unknown is.
	Low, High float64
	// Coverage is how much is known.
	Coverage float64
}

// ScoreEnd is one of the numbers that a score consists of.
type ScoreEnd string

// The numbers of a score.
const (
	RankByPoint ScoreEnd = "POINT"
	RankByLow   ScoreEnd = "LOW"
	RankByHigh  ScoreEnd = "HIGH"
)

// At is the number at an end of the score; nil where it is unknown.
func (s *Score) At(end ScoreEnd) *float64 {
	switch end {
	case RankByLow:
		return &s.Low
	case RankByHigh:
		return &s.High
	}
	return s.Point
}
