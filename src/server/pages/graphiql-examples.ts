/**
 * What GraphiQL shows at the first visit, a tab each. All of them work on any installation; the last is a subscription.
 */
export const graphiqlExamples: readonly string[] = [
  `# The best of the last week that nobody has looked at yet.
query BestJobs {
  jobs(first: 10, filter: { triage: [NEW] }, orderBy: { field: SCORE, direction: DESC }) {
    nodes {
      title
      url
      postedAt
      score { value }
      client { country hires }
    }
  }
}
`,
  `# Is Upwork connected, and what should be done next?
query Status {
  platformStatus {
    status
    nextAction { message command }
  }
  scans(first: 3) {
    nodes { status startedAt counts { fetched new } diagnosis { verdict summary } }
  }
}
`,
  `# New postings as they arrive: run it, and leave the tab open.
subscription NewJobs {
  jobPosted {
    cursor
    job { title url category client { country } }
  }
}
`,
];
