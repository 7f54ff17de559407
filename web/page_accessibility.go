package web

import "masar"

var accessibilityPage = page{
	path: "accessibility", operation: "frame", template: "accessibility",
	variables: noVariables,
	view:      func() view { return new(accessibilityView) },
}

// accessibilityView is the answer of operations/frame.graphql.
type accessibilityView struct {
	PageFrame
}

func (v *accessibilityView) exists() bool { return v.Snapshot != "" }

func (v *accessibilityView) head(address) head {
	return head{Title: say("page.accessibility.title", nil), Answer: []masar.Phrase{say("page.accessibility.answer", nil)}}
}
