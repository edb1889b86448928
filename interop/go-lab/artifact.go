package main

import "os"

// artifact is the captured file.
type artifact struct {
	file string
	data interface{}
}

func (a *artifact) BuilderId() string { return "lab.machine" }
func (a *artifact) Id() string        { return a.file }
func (a *artifact) Files() []string   { return []string{a.file} }
func (a *artifact) String() string    { return "image " + a.file }
func (a *artifact) Destroy() error    { return os.Remove(a.file) }

func (a *artifact) State(name string) interface{} {
	if name == "generated_data" {
		return a.data
	}
	return nil
}
