import { dateTime, object, type Static, string, words } from '../schema.ts'

/** Somebody that calls with a client id and a secret. `project_id` is absent for one of the organization. */
export const ServicePrincipal = object(
  {
    id: string,
    name: string,
    organization_id: string,
    resource_name: string,
    created_at: dateTime,
  },
  { project_id: string },
)
export type ServicePrincipal = Static<typeof ServicePrincipal>

/** A client id; its secret is shown when the key is made, and never again. */
export const ServicePrincipalKey = object({
  client_id: string,
  resource_name: string,
  state: words('ACTIVE'),
  created_at: dateTime,
})
export type ServicePrincipalKey = Static<typeof ServicePrincipalKey>

/** Whom a policy can name. */
export const Principal = object({
  id: string,
  type: words('PRINCIPAL_TYPE_SERVICE', 'PRINCIPAL_TYPE_USER', 'PRINCIPAL_TYPE_GROUP'),
  service: ServicePrincipal,
})
export type Principal = Static<typeof Principal>
