package topology

import "masar"

// Version is the state of a document that an imported text is.
func (g *Graph) Version(t Text) masar.DocumentVersion {
	return masar.DocumentVersion{SHA256: g.texts[t].sha256, Length: g.texts[t].length}
}
