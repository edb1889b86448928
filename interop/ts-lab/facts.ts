import { config, defineDatasource } from '@ingot/plugin-sdk'

/** Knows a thing or two. */
export const facts = defineDatasource({
  config: config({ subject: config.string().required().doc('What about.') }),
  output: config({
    text: config.string().doc('A sentence.'),
    words: config.list(config.string()).doc('Its words.'),
  }),
  execute: ({ config: { subject } }) => ({ text: `facts about ${subject}`, words: ['facts', subject] }),
})
