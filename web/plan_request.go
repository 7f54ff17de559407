package web

import (
	"net/url"
	"slices"
	"strings"

	"masar"
	"masar/words"
)

// maxPlanTargets is the maximum number of targets of a plan.
const maxPlanTargets = 20

// planRequest is what an address asks of an action plan.
type planRequest struct {
	// Targets are the SDG targets with their weights, and Costs the recommendations with theirs.
	Targets, Costs []planChoice
	Budget         string
	Done           []string
	// Complete reports whether a plan can be made from it.
	Complete bool

	budget float64
}

// planChoice is a code with a number; the number is as written, empty if none is given.
type planChoice struct {
	Code, Number string

	number float64
}

// mistake is what is wrong with a field of a form.
type mistake struct{ Field, Text string }

// plan reads an address such as ?t=16.6:.5&t=16.7&budget=8&done=ENACT-KM-03&cost=ENACT-KM-04:2.
func (a address) plan() (planRequest, []mistake) {
	r := planRequest{Done: a.values("done")}
	var mistakes []mistake
	wrong := func(field, value string) {
		message := words.Say(a.lang, "page.plan.form.number", masar.Args{"value": words.Shortened(value)})
		mistakes = append(mistakes, mistake{field, message})
	}
	choices := func(field string) []planChoice {
		var all []planChoice
		for _, value := range a.values(field) {
			c, ok := choice(value)
			if !ok {
				wrong(field, c.Number)
			}
			all = append(all, c)
		}
		return all
	}
	r.Targets, r.Costs = choices("t"), choices("cost")
	for i := range r.Targets {
		r.Targets[i].Code = asked(masar.KindSdgTarget, r.Targets[i].Code)
	}
	budget, err := a.number("budget")
	if written := a.query["budget"]; len(written) > 0 {
		r.Budget = written[0]
	}
	if err != nil {
		wrong("budget", r.Budget)
	}
	if budget != nil {
		r.budget = *budget
	}
	r.Complete = len(mistakes) == 0 && budget != nil && len(r.Targets) > 0
	return r, mistakes
}

// choice reads a code with a number after a colon, such as 16.6:.5. The number may be left out.
func choice(value string) (planChoice, bool) {
	code, number, _ := strings.Cut(value, ":")
	c := planChoice{Code: strings.TrimSpace(code), Number: strings.TrimSpace(number), number: 1}
	if c.Number == "" {
		return c, true
	}
	n, err := parseNumber(c.Number)
	c.number = n
	return c, err == nil
}

// input is the request as the operation takes it.
func (r planRequest) input(country string) map[string]any {
	targets := []map[string]any{}
	for _, t := range r.Targets {
		targets = append(targets, map[string]any{"code": t.Code, "weight": t.number})
	}
	input := map[string]any{"country": country, "targets": targets, "budget": r.budget}
	if len(r.Done) > 0 {
		input["done"] = r.Done
	}
	costs := []map[string]any{}
	for _, c := range r.Costs {
		if c.Number != "" {
			costs = append(costs, map[string]any{"code": c.Code, "cost": c.number})
		}
	}
	if len(costs) > 0 {
		input["costs"] = costs
	}
	return input
}

// IsDone reports whether a recommendation is implemented.
func (r planRequest) IsDone(code string) bool { return slices.Contains(r.Done, code) }

// CostOf is the cost of a recommendation as written; empty if none is given.
func (r planRequest) CostOf(code string) string {
	for _, c := range r.Costs {
		if c.Code == code {
			return c.Number
		}
	}
	return ""
}

// planOfForm is the address of the plan that a form asks for. Forms send a code and its number under names of their own:
// target and weight, for and each.
func planOfForm(a address) string {
	if !a.query.Has("target") && !a.query.Has("for") {
		return ""
	}
	query := url.Values{}
	add := func(to, codes, numbers string) {
		for i, code := range a.query[codes] {
			number := ""
			if i < len(a.query[numbers]) {
				number = strings.TrimSpace(a.query[numbers][i])
			}
			switch {
			case code == "" || to == "cost" && number == "":
			case number == "":
				query.Add(to, code)
			default:
				query.Add(to, code+":"+number)
			}
		}
	}
	add("t", "target", "weight")
	add("cost", "for", "each")
	for _, name := range []string{"budget", "done"} {
		for _, value := range a.values(name) {
			query.Add(name, value)
		}
	}
	return withQuery(escaped(a.path), query)
}
