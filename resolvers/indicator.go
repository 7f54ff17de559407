package resolvers

import (
	"masar"
)

type indicatorResolver struct{ entity[*masar.Indicator] }
