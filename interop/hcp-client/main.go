// Calls operations of HCP's generated Go clients: a JSON object a line in, one out, in order.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// A request is for one operation of one client.
type request struct {
	Client    string          `json:"client"`
	Operation string          `json:"operation"`
	Params    json.RawMessage `json:"params"`
}

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	session, err := connect()
	if err != nil {
		return err
	}
	requests, answers := json.NewDecoder(in), json.NewEncoder(out)
	if err := answers.Encode(session.operations()); err != nil {
		return err
	}
	for {
		var next request
		if err := requests.Decode(&next); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		answer, err := session.call(next)
		if err != nil {
			return err
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
}
