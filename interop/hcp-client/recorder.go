package main

import (
	"bytes"
	"io"
	"net/http"
)

// A recorder keeps the last request's line and its answer as they went over the wire.
type recorder struct {
	next    http.RoundTripper
	request string
	sent    []byte
	body    []byte
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	r.request = request.Method + " " + request.URL.RequestURI()
	sent, err := drain(&request.Body)
	if err != nil {
		return nil, err
	}
	r.sent, r.body = sent, nil
	response, err := r.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	r.body, err = drain(&response.Body)
	return response, err
}

// drain reads a body and puts a copy in its place.
func drain(body *io.ReadCloser) ([]byte, error) {
	if *body == nil {
		return nil, nil
	}
	content, err := io.ReadAll(*body)
	if err != nil {
		return nil, err
	}
	if err := (*body).Close(); err != nil {
		return nil, err
	}
	*body = io.NopCloser(bytes.NewReader(content))
	return content, nil
}
