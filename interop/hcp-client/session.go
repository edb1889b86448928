package main

import (
	"os"
	"reflect"

	operation "github.com/hashicorp/hcp-sdk-go/clients/cloud-operation/stable/2020-05-05/client/operation_service"
	older "github.com/hashicorp/hcp-sdk-go/clients/cloud-packer-service/stable/2021-04-30/client/packer_service"
	newer "github.com/hashicorp/hcp-sdk-go/clients/cloud-packer-service/stable/2023-01-01/client/packer_service"
	organization "github.com/hashicorp/hcp-sdk-go/clients/cloud-resource-manager/stable/2019-12-10/client/organization_service"
	project "github.com/hashicorp/hcp-sdk-go/clients/cloud-resource-manager/stable/2019-12-10/client/project_service"
	"github.com/hashicorp/hcp-sdk-go/httpclient"
)

// A session holds the clients, pointed at the registry that the HCP_ variables name.
type session struct {
	clients  map[string]reflect.Value
	recorder *recorder
}

func connect() (*session, error) {
	transport, err := httpclient.New(httpclient.Config{SourceChannel: os.Getenv("SOURCE_CHANNEL")})
	if err != nil {
		return nil, err
	}
	recorder := &recorder{next: transport.Transport}
	transport.Transport = recorder
	clients := map[string]any{
		"packer-2023-01-01": newer.New(transport, nil),
		"packer-2021-04-30": older.New(transport, nil),
		"organizations":     organization.New(transport, nil),
		"projects":          project.New(transport, nil),
		"operations":        operation.New(transport, nil),
	}
	values := map[string]reflect.Value{}
	for name, client := range clients {
		values[name] = reflect.ValueOf(client)
	}
	return &session{values, recorder}, nil
}

// operations lists what each client can call.
func (s *session) operations() map[string][]string {
	all := map[string][]string{}
	for name, client := range s.clients {
		for index := range client.NumMethod() {
			if method := client.Type().Method(index).Name; method != "SetTransport" {
				all[name] = append(all[name], method)
			}
		}
	}
	return all
}

// location is what the paths of most operations begin with.
func location() map[string]string {
	return map[string]string{
		"LocationOrganizationID": os.Getenv("HCP_ORGANIZATION_ID"),
		"LocationProjectID":      os.Getenv("HCP_PROJECT_ID"),
	}
}
