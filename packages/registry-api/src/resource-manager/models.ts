import { dateTime, list, nullable, object, type Static, string, words } from '../schema.ts'

/** Tokens of the neighbouring pages; everything comes in one page. */
export const Pagination = object({ next_page_token: string, previous_page_token: string })

/** What holds projects. */
export const Organization = object({
  id: string,
  name: string,
  owner: object({ user: string }),
  state: words('ACTIVE'),
  created_at: dateTime,
})
export type Organization = Static<typeof Organization>

/** `parent` is where the Terraform provider reads the organization from. */
export const Project = object({
  id: string,
  name: string,
  description: string,
  parent: object({ type: words('ORGANIZATION'), id: string }),
  state: words('ACTIVE'),
  created_at: dateTime,
})
export type Project = Static<typeof Project>

/** Who has which role on a resource; the etag changes when, and only when, that does. */
export const Policy = object({
  bindings: list(
    object({
      role_id: string,
      members: list(object({ member_id: string, member_type: words('USER', 'GROUP', 'SERVICE_PRINCIPAL') })),
    }),
  ),
  etag: string,
})
export type Policy = Static<typeof Policy>

/** A policy as Go clients send it: no bindings are `null`, and a kind that they do not know is, too. */
export const WrittenPolicy = object(
  {},
  {
    bindings: nullable(
      list(
        object(
          { role_id: string },
          { members: nullable(list(object({ member_id: string }, { member_type: nullable(string) }))) },
        ),
      ),
    ),
    etag: nullable(string),
  },
)
