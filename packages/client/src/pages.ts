import { ClientError } from './client-error.ts'

/** Most pages of one list that are followed. */
export const MAX_PAGES = 10_000

/** The paging part of every list's answer. */
export interface Page {
  readonly pagination: { readonly next_page_token: string }
}

/**
 * The pages of a list, one after the other.
 *
 * @param fetch gets the page behind a token; the first has none
 * @throws ClientError, `bad-answer` for a list that does not end
 */
export async function* pages<P extends Page>(fetch: (token?: string) => Promise<P>): AsyncGenerator<P> {
  let token: string | undefined
  for (let count = 0; count < MAX_PAGES; count++) {
    const page: P = await fetch(token)
    yield page
    if (page.pagination.next_page_token === '') return
    if (page.pagination.next_page_token === token) break
    token = page.pagination.next_page_token
  }
  throw new ClientError('bad-answer', 'A list of the registry does not end.', {
    remedy: 'Check that the registry is not older than this program.',
  })
}

/** The query of a page. */
export function pageQuery(token: string | undefined, size?: number): Record<string, string> {
  return {
    ...(size === undefined ? {} : { 'pagination.page_size': String(size) }),
    ...(token === undefined ? {} : { 'pagination.next_page_token': token }),
  }
}
