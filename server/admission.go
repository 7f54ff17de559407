package server

import (
	"net/http"

	"masar"
)

// Admission says how much is taken in at once. What a client asks from the machine of the service is bounded by the queue
// alone.
type Admission struct {
	// Queue bounds the operations that run and wait.
	Queue QueueSize
	// Rate bounds the requests of a client.
	Rate Rate
	// Proxies are the reverse proxies in front, which ask for many clients.
	Proxies Proxies
}

// onlyFromHere shows a handler to this machine alone.
func onlyFromHere(proxies Proxies, p presenter, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if proxies.client(r).IsLoopback() {
			h.ServeHTTP(w, r)
			return
		}
		call{w, r, plainJSON}.refuse(p.present(r.Context(), masar.Errorf(masar.CodeForbidden,
			"this is answered to the machine of the service alone", "هذا متاح من جهاز الخدمة نفسه فقط")))
	})
}

// gate lets in what there is room for. What it refuses has cost next to nothing.
type gate struct {
	clients *clients
	queue   *Queue
	metrics *Metrics
}

func newGate(o Admission, m *Metrics) *gate {
	q := NewQueue(o.Queue)
	m.watchQueue(q)
	return &gate{newClients(o.Rate, q.size.Running/2, o.Proxies), q, m}
}

// knock takes a request from its client's budget, and is asked before anything else of the request is read.
func (g *gate) knock(w http.ResponseWriter, r *http.Request) *masar.Error {
	err := g.clients.spend(w, g.clients.of(r))
	if err != nil {
		g.metrics.refuse(refusedRate)
	}
	return err
}

// charge takes from the client's budget what an operation costs beyond a request.
func (g *gate) charge(w http.ResponseWriter, r *http.Request, cost int) {
	g.clients.charge(w, g.clients.of(r), cost)
}

// enter waits for a place to run in, and is asked when all of a request has been read: who sends slowly holds no place.
// No client holds more than half of the places.
func (g *gate) enter(r *http.Request) (leave func(), err *masar.Error) {
	giveBack := func() {}
	if who := g.clients.of(r); who != nil {
		giveBack = func() { who.holding.Add(-1) }
		if who.holding.Add(1) > g.clients.share {
			giveBack()
			g.metrics.refuse(refusedShare)
			return nil, tooManyAtOnce(g.clients.share)
		}
	}
	leavePlace, err := g.queue.Enter(r.Context())
	if err != nil {
		giveBack()
		g.metrics.refuse(refusedLoad)
		return nil, err
	}
	return func() { leavePlace(); giveBack() }, nil
}
