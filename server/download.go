package server

import (
	"net/http"

	"masar/operations"
)

// downloadsEach is the number of concurrent downloads for each concurrent operation. A download mostly waits for its
// reader.
const downloadsEach = 4

// downloads limits the handlers that stream their answers. A download holds its place until its reader has received it,
// so downloads have a queue of their own.
type downloads struct {
	checkRate
	queue *operations.Queue
}

func newDownloads(c checkRate) downloads {
	return downloads{c, c.operations.NewQueue("downloads", downloadsEach)}
}

func (d downloads) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, refused := d.begin(w, r)
		leave := func() {}
		if refused == nil {
			leave, refused = request.Enter(r.Context(), d.queue)
		}
		if refused != nil {
			call{w, r, plainJSON}.refuse(d.operations.Present(r.Context(), refused))
			return
		}
		defer leave()
		h.ServeHTTP(w, r)
	})
}
