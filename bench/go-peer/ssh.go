package main

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	sshcomm "github.com/hashicorp/packer-plugin-sdk/sdk-internals/communicator/ssh"
	"golang.org/x/crypto/ssh"
)

// overSSH moves zeros to or from a machine: ADDRESS USER KEYFILE sftp|scp upload|download PATH BYTES.
func overSSH(args []string) error {
	address, user, keyFile, protocol, direction, path := args[0], args[1], args[2], args[3], args[4], args[5]
	size, err := strconv.ParseInt(args[6], 10, 64)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(keyFile)
	if err != nil {
		return err
	}
	key, err := ssh.ParsePrivateKey(text)
	if err != nil {
		return err
	}
	comm, err := sshcomm.New(address, &sshcomm.Config{
		SSHConfig: &ssh.ClientConfig{
			User:            user,
			Auth:            []ssh.AuthMethod{ssh.PublicKeys(key)},
			HostKeyCallback: ssh.InsecureIgnoreHostKey(),
		},
		Connection: func() (net.Conn, error) { return net.Dial("tcp", address) },
		UseSftp:    protocol == "sftp",
	})
	if err != nil {
		return err
	}
	start := time.Now()
	if direction == "upload" {
		var known os.FileInfo = fileOfZeros(size)
		err = comm.Upload(path, io.LimitReader(zeros{}, size), &known)
	} else {
		err = comm.Download(path, io.Discard)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result{time.Since(start).Seconds(), peakOf(os.Getpid())})
}

// fileOfZeros is what is known of a file of so many zeros.
type fileOfZeros int64

func (fileOfZeros) Name() string       { return "zeros" }
func (f fileOfZeros) Size() int64      { return int64(f) }
func (fileOfZeros) Mode() os.FileMode  { return 0o644 }
func (fileOfZeros) ModTime() time.Time { return time.Unix(0, 0) }
func (fileOfZeros) IsDir() bool        { return false }
func (fileOfZeros) Sys() any           { return nil }
