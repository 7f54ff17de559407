package web

import (
	"maps"
	"slices"
	"strconv"

	"masar"
	"masar/web/picture"
)

// indexValue is a value of an index in a year.
type indexValue struct {
	Indicator string  `json:"indicator"`
	Year      int     `json:"year"`
	Value     float64 `json:"value"`
}

// addTo adds the value to those of an index by year. Of several editions, the last counts.
func (o indexValue) addTo(own map[int]float64, index string) {
	if o.Indicator == index {
		own[o.Year] = o.Value
	}
}

// indexSource is a value of an index with its source.
type indexSource struct {
	indexValue
	Source struct {
		EntityHeading
		URL *string `json:"url"`
	} `json:"source"`
}

// league are the members of the League of Arab States with their values.
type league struct {
	EntityHeading
	Countries *struct {
		TotalCount int `json:"totalCount"`
		Nodes      []struct {
			Code         string `json:"code"`
			Observations *struct {
				Nodes []indexValue `json:"nodes"`
			} `json:"observations"`
		} `json:"nodes"`
	} `json:"countries"`
}

// indexSeries is an index over the years: the country against the median of the League's members.
type indexSeries struct {
	Index    EntityHeading
	Rows     []seriesRow
	Chart    picture.LineChart
	Sentence masar.Phrase
	// Known reports whether the country has any value.
	Known bool
}

// seriesRow is a year of an index. An empty text is an unknown value.
type seriesRow struct {
	Year            int
	Country, Median string
	Members         int
}

// Series are the indices over the years, for readers in a direction.
func (v *countryView) Series(direction string) []indexSeries {
	var all []indexSeries
	for _, index := range []*EntityHeading{v.EGDI, v.EPI} {
		if index != nil && v.Country.Series != nil {
			all = append(all, v.series(*index, direction == "rtl"))
		}
	}
	return all
}

func (v *countryView) series(index EntityHeading, mirrored bool) indexSeries {
	own := map[int]float64{}
	for _, o := range v.Country.Series.Nodes {
		o.addTo(own, index.Code)
	}
	members := v.League.values(index.Code)
	years := slices.Sorted(maps.Keys(members))
	for year := range own {
		if !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	slices.Sort(years)
	s := indexSeries{Index: index, Known: len(own) > 0}
	if len(years) == 0 {
		return s
	}
	subject, medians := make([]*float64, len(years)), make([]*float64, len(years))
	for i, year := range years {
		row := seriesRow{Year: year, Members: len(members[year])}
		if value, ok := own[year]; ok {
			subject[i], row.Country = &value, amount(value)
		}
		if m := median(members[year]); m != nil {
			medians[i], row.Median = m, amount(*m)
		}
		s.Rows = append(s.Rows, row)
	}
	s.Chart = picture.Lines(years, subject, medians, mirrored)
	s.Sentence = s.sentence(v.Country.Title)
	return s
}

// sentence says in one sentence how the first and the last value differ, beside the medians of the same years.
func (s indexSeries) sentence(country LocalizedText) masar.Phrase {
	known := slices.DeleteFunc(slices.Clone(s.Rows), func(r seriesRow) bool { return r.Country == "" || r.Median == "" })
	if len(known) < 2 {
		return say("page.country.series.none", masar.Args{"country": country})
	}
	from, to := known[0], known[len(known)-1]
	return say("page.country.series.sentence", masar.Args{
		"country": country, "first": from.Country, "from": strconv.Itoa(from.Year), "last": to.Country, "to": strconv.Itoa(to.Year),
		"before": from.Median, "after": to.Median,
	})
}

// values are the values of an index by year, one for each member that has one.
func (l *league) values(index string) map[int][]float64 {
	all := map[int][]float64{}
	if l == nil || l.Countries == nil {
		return all
	}
	for _, member := range l.Countries.Nodes {
		if member.Observations == nil {
			continue
		}
		own := map[int]float64{}
		for _, o := range member.Observations.Nodes {
			o.addTo(own, index)
		}
		for year, value := range own {
			all[year] = append(all[year], value)
		}
	}
	return all
}

// median is the value in the middle, or the mean of the two in the middle; nil without values.
func median(values []float64) *float64 {
	if len(values) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	m := sorted[middle]
	if len(sorted)%2 == 0 {
		m = (sorted[middle-1] + sorted[middle]) / 2
	}
	return &m
}

// amount is a value of an index with the four decimals of its source.
func amount(value float64) string { return strconv.FormatFloat(value, 'f', 4, 64) }

// Sources are the sources of the country's values, each once.
func (c country) Sources() []indexSource {
	var all []indexSource
	for _, o := range c.Series.Nodes {
		if !slices.ContainsFunc(all, func(s indexSource) bool { return s.Source.Code == o.Source.Code }) {
			all = append(all, o)
		}
	}
	return all
}
