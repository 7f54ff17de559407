package seed

import "masar"

// observation is a value of an indicator.
type observation struct {
	Of        ref             `yaml:"of,required" kinds:"COUNTRY COUNTRY_GROUP INITIATIVE"`
	Indicator code            `yaml:"indicator,required"`
	Year      int             `yaml:"year,required" min:"1990" max:"2100"`
	Value     float64         `yaml:"value,required"`
	Unit      string          `yaml:"unit,required" pattern:"[A-Z][A-Z0-9_]*"`
	Qualifier masar.Qualifier `yaml:"qualifier" default:"EXACTLY"`
	Nature    masar.Nature    `yaml:"nature" default:"REPORTED"`
	Passage   pointer         `yaml:"passage"`
	Source    ref             `yaml:"source" kinds:"DOCUMENT"`
	Series    string          `yaml:"series"`
	Vintage   string          `yaml:"vintage"`
	Note      wording         `yaml:"note"`
}

// domain is the observation, its source and key still to be set.
func (o *observation) domain() *masar.Observation {
	return &masar.Observation{
		Of: o.Of.Ref, Indicator: string(o.Indicator), Year: o.Year, Value: o.Value, Unit: o.Unit,
		Qualifier: o.Qualifier, Nature: o.Nature, Source: o.Source.Ref, Series: o.Series, Vintage: o.Vintage, Notes: o.Note.domain(),
	}
}

// observations checks a file's observations and takes them up.
func (r *reader) observations(s *source) {
	for i := range s.file.Observations {
		o, l := &s.file.Observations[i], s.root().Group("observations").At(i)
		r.indicator(o.Indicator, l.Group("indicator"))
		out := o.domain()
		switch passage, source := l.Group("passage"), l.Group("source"); {
		case passage.Given() && source.Given():
			source.Errorf("a passage already says which document the figure comes from; leave one of the two out")
			r.passage(o.Passage, passage)
			continue
		case passage.Given():
			d, p := r.passage(o.Passage, passage)
			if p == nil {
				continue
			}
			out.Source, out.Passage = d.ref(), p.domain(d)
		case !source.Given():
			l.Errorf("the figure comes from nowhere: give the \"passage\" that says so, or the \"source\" whose table holds it")
			continue
		}
		if out.Of.IsZero() || out.Indicator == "" || out.Year == 0 {
			continue
		}
		out.Key = out.NewKey()
		if before, ok := r.observationByKey[out.Key]; ok {
			l.Errorf("this figure is given twice, first in %s; a \"vintage\" tells editions of a figure apart", before)
			continue
		}
		r.observationByKey[out.Key] = l
		r.graph.Observations = append(r.graph.Observations, out)
	}
}

// indicator checks that there is just one indicator with a code that is named.
func (r *reader) indicator(named code, l linter) {
	if named == "" {
		return
	}
	_, sdg := r.entityByRef[masar.Ref{Kind: masar.KindSdgIndicator, Code: string(named)}]
	_, own := r.entityByRef[masar.Ref{Kind: masar.KindIndicator, Code: string(named)}]
	switch {
	case sdg && own:
		l.Errorf("%s is the code of an SDG indicator and of another; give the other one a code of its own", named)
	case !sdg && !own && !r.broken:
		l.Errorf("there is no indicator with the code %s", named)
	}
}
