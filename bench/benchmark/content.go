//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"masar"
)

// content is what an answer to the nested question says, whatever its form.
type content struct {
	heading
	Recommendations []recommendationContent
}

type heading struct{ Code, Title string }

type recommendationContent struct {
	heading
	Summary     string
	Challenges  []heading
	Topics      []heading
	CaseStudies []practiceContent
	Evidence    []citation
}

type practiceContent struct {
	heading
	Country heading
}

type citation struct {
	Stance, Kind string
	Document     heading
}

// sorted puts the evidence of each recommendation in one order: Dgraph has none.
func (c content) sorted() content {
	for _, r := range c.Recommendations {
		slices.SortFunc(r.Evidence, func(a, b citation) int {
			return strings.Compare(a.Document.Code+a.Kind+a.Stance, b.Document.Code+b.Kind+b.Stance)
		})
	}
	return c
}

// content is what the answer says.
func (n nested) content() content {
	c := content{heading: heading{n.Target.Code, n.Target.Titles.EN.Value}}
	for _, r := range n.Recommendations {
		to := recommendationContent{heading: heading{r.Recommendation.Code, r.Recommendation.Titles.EN.Value}, Summary: r.Recommendation.Summaries.EN.Value}
		for _, e := range r.Challenges {
			to.Challenges = append(to.Challenges, heading{e.Code, e.Titles.EN.Value})
		}
		for _, e := range r.Topics {
			to.Topics = append(to.Topics, heading{e.Code, e.Titles.EN.Value})
		}
		for _, p := range r.CaseStudies {
			study := practiceContent{heading: heading{p.CaseStudy.Code, p.CaseStudy.Titles.EN.Value}}
			if p.Country != nil {
				study.Country = heading{p.Country.Code, p.Country.Titles.EN.Value}
			}
			to.CaseStudies = append(to.CaseStudies, study)
		}
		for _, e := range r.Evidence {
			to.Evidence = append(to.Evidence, citation{string(e.Evidence.Stance), string(e.Evidence.Kind), heading{e.Document.Code, e.Document.Titles.EN.Value}})
		}
		c.Recommendations = append(c.Recommendations, to)
	}
	return c.sorted()
}

// valued is a text of masar's API.
type valued struct {
	Code           string
	Title, Summary struct{ Value string }
}

func (v valued) heading() heading { return heading{v.Code, v.Title.Value} }

// fromMasar reads an answer of masar's API.
func fromMasar(answer []byte) (content, error) {
	var a struct {
		Data struct {
			SdgTarget struct {
				valued
				Recommendations struct {
					Edges []struct {
						Claim struct {
							Evidence struct {
								Nodes []struct {
									Stance, EvidenceKind string
									Passage              struct{ Document valued }
								}
							}
						}
						Node struct {
							valued
							Challenges, Topics struct{ Nodes []valued }
							CaseStudies        struct {
								Nodes []struct {
									valued
									Country valued
								}
							}
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		return content{}, err
	}
	target := a.Data.SdgTarget
	c := content{heading: target.heading()}
	for _, e := range target.Recommendations.Edges {
		r := recommendationContent{
			heading: e.Node.heading(), Summary: e.Node.Summary.Value, Challenges: headings(e.Node.Challenges.Nodes), Topics: headings(e.Node.Topics.Nodes),
		}
		for _, s := range e.Node.CaseStudies.Nodes {
			r.CaseStudies = append(r.CaseStudies, practiceContent{s.heading(), s.Country.heading()})
		}
		for _, s := range e.Claim.Evidence.Nodes {
			r.Evidence = append(r.Evidence, citation{s.Stance, s.EvidenceKind, s.Passage.Document.heading()})
		}
		c.Recommendations = append(c.Recommendations, r)
	}
	return c.sorted(), nil
}

func headings(all []valued) []heading {
	var out []heading
	for _, v := range all {
		out = append(out, v.heading())
	}
	return out
}

// plain is a node of Dgraph's answers.
type plain struct {
	Code, Title, Summary string
	Challenges, Topics   []heading
	CaseStudies          []struct {
		heading
		Country []heading
	}
	Claims []struct{ Evidence []citation }
}

// content is what the node of a target and those of its recommendations say.
func plainContent(target heading, recommendations []plain) content {
	c := content{heading: target}
	for _, p := range recommendations {
		r := recommendationContent{heading: heading{p.Code, p.Title}, Summary: p.Summary, Challenges: p.Challenges, Topics: p.Topics}
		for _, s := range p.CaseStudies {
			study := practiceContent{heading: s.heading}
			if len(s.Country) > 0 {
				study.Country = s.Country[0]
			}
			r.CaseStudies = append(r.CaseStudies, study)
		}
		for _, claim := range p.Claims {
			r.Evidence = append(r.Evidence, claim.Evidence...)
		}
		c.Recommendations = append(c.Recommendations, r)
	}
	return c.sorted()
}

// fromDQL reads an answer to the nested question in DQL.
func fromDQL(answer []byte) (content, error) {
	var a struct {
		Target []struct {
			heading
			Recommendations []plain
		}
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		return content{}, err
	}
	if len(a.Target) != 1 {
		return content{}, fmt.Errorf("%d targets", len(a.Target))
	}
	return plainContent(a.Target[0].heading, a.Target[0].Recommendations), nil
}

// fromDgraphGraphQL reads an answer of Dgraph's own GraphQL.
func fromDgraphGraphQL(answer []byte) (content, error) {
	var a struct {
		Data struct {
			Target struct {
				heading
				Recommendations []plain
			}
		}
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		return content{}, err
	}
	return plainContent(a.Data.Target.heading, a.Data.Target.Recommendations), nil
}

// differs reports that an answer does not say what it should.
func differs(want, got content) error {
	if normal(want) == normal(got) {
		return nil
	}
	w, _ := json.Marshal(want)
	g, _ := json.Marshal(got)
	return fmt.Errorf("the answer about target %s is not that of the records:\n got %.3000s\nwant %.3000s", want.Code, g, w)
}

// allows checks an answer whose lists are in any order: which of more items it has is open.
func (o *oracle) allows(target *masar.SdgTarget, got content) error {
	if want := min(recommendationsListed, len(o.in[end{masar.Advances, target.Ref()}])); len(got.Recommendations) != want {
		return fmt.Errorf("the answer about target %s has %d recommendations, not %d", target.Code, len(got.Recommendations), want)
	}
	seen := map[string]bool{}
	for i, r := range got.Recommendations {
		advances := &masar.Claim{Subject: masar.Ref{Kind: masar.KindRecommendation, Code: r.Code}, Predicate: masar.Advances, Object: target.Ref()}
		claim := o.Claim(advances.NewKey())
		if claim == nil || seen[r.Code] {
			return fmt.Errorf("recommendation %s does not advance target %s, or is there twice", r.Code, target.Code)
		}
		seen[r.Code] = true
		whole := nested{target, []recommended{o.recommended(claim, len(o.batch.Claims))}}.content()
		if w := &whole.Recommendations[0]; isPart(r.Challenges, w.Challenges) && isPart(r.Topics, w.Topics) && isPart(r.CaseStudies, w.CaseStudies) {
			w.Challenges, w.Topics, w.CaseStudies = r.Challenges, r.Topics, r.CaseStudies
		}
		if err := differs(whole, content{got.heading, got.Recommendations[i : i+1]}); err != nil {
			return err
		}
	}
	return nil
}

// isPart reports whether a list has as many different items of another list as it should.
func isPart[T comparable](some, all []T) bool {
	seen := map[T]bool{}
	for _, item := range some {
		seen[item] = slices.Contains(all, item)
		if !seen[item] {
			return false
		}
	}
	return len(seen) == len(some) && len(some) == min(othersListed, len(all))
}

// normal writes content so that empty and missing lists are equal.
func normal(c content) string {
	text, _ := json.Marshal(c)
	return strings.NewReplacer("null", "[]").Replace(string(text))
}
