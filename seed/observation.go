package seed

import "masar"

// observation is the entry of an indicator's value.
type observation struct {
	Of        ref                     `yaml:"of,required" kinds:"COUNTRY COUNTRY_GROUP INITIATIVE"`
	Indicator code                    `yaml:"indicator,required"`
	Year      int                     `yaml:"year,required" min:"1990" max:"2100"`
	Value     float64                 `yaml:"value,required"`
	Unit      string                  `yaml:"unit,required" pattern:"[A-Z][A-Z0-9_]*"`
	Qualifier masar.QuantityQualifier `yaml:"qualifier" default:"EXACTLY"`
	Nature    masar.ObservationNature `yaml:"nature" default:"REPORTED"`
	Passage   pointer                 `yaml:"passage"`
	Source    ref                     `yaml:"source" kinds:"DOCUMENT"`
	Series    string                  `yaml:"series"`
	Vintage   string                  `yaml:"vintage"`
	Note      localizedText           `yaml:"note"`
}

// domain returns the observation without its source and key.
func (o *observation) domain() *masar.Observation {
	return &masar.Observation{
		Of: o.Of.Ref, Indicator: string(o.Indicator), Year: o.Year, Value: o.Value, Unit: o.Unit,
		Qualifier: o.Qualifier, Nature: o.Nature, Source: o.Source.Ref, Series: o.Series, Vintage: o.Vintage, Notes: o.Note.domain(),
	}
}

// observations adds a file's observations.
func (r *reader) observations(s *source) {
	for i := range s.file.Observations {
		o, l := &s.file.Observations[i], s.root().Group("observations").At(i)
		out := o.domain()
		var at *found
		switch passage, source := l.Group("passage"), l.Group("source"); {
		case passage.Given() && source.Given():
			source.Errorf("a passage already names the document; give either passage or source")
			r.passage(o.Passage, passage)
			continue
		case passage.Given():
			if at = r.passage(o.Passage, passage); at == nil {
				continue
			}
			out.Source, out.Passage = at.document.ref(), at.passage.domain(at.document)
		}
		out.Key = out.NewKey()
		r.records = append(r.records, placed{out, func(path string) linter { return l.pointed(path, at) }})
		if out.Of.IsZero() || out.Indicator == "" || out.Year == 0 {
			continue
		}
		if before, ok := r.observationByKey[out.Key]; ok {
			l.Errorf("this figure is already given in %s; editions of a figure need a \"vintage\"", before)
			continue
		}
		r.observationByKey[out.Key] = l
		r.graph.Observations = append(r.graph.Observations, out)
	}
}
