import { either, int64, list, object, string } from '../schema.ts'

/** Tokens of the neighbouring pages, empty at the ends. */
export const Pagination = object({ next_page_token: string, previous_page_token: string })

/** The parameters of pages: at most one of the two tokens; no page size means the server's own. */
export const page = {
  'pagination.page_size': int64,
  'pagination.next_page_token': string,
  'pagination.previous_page_token': string,
}

/** Each value is `column`, `column asc` or `column desc`, several of them joined by commas or the parameter repeated. */
const order = { 'sorting.order_by': either(string, list(string)) }

/** The query of a list in pages. */
export const Paging = object({}, page)
/** The query of a sorted list in pages. */
export const SortedPaging = object({}, { ...page, ...order })

const packageWords = { package_name: string, package_name_starts_with: string, package_version: string }
const vulnerabilityWords = {
  criticality: either(string, list(string)),
  identifier: string,
  identifier_starts_with: string,
}

/** The query of a list of packages. */
export const PackagePaging = object({}, { ...page, ...order, ...packageWords })

/** The query of a list of vulnerabilities. */
export const VulnerabilityPaging = object({}, { ...page, ...order, ...vulnerabilityWords })

/** The query of a list of packages with vulnerabilities. */
export const VulnerablePackagePaging = object(
  {},
  { ...page, ...order, ...packageWords, ...vulnerabilityWords },
)
