const list = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Whom the work is for: fills "for …" in titles and descriptions. None of them is a real company. */
export const customers = list(`
  a regional bicycle workshop
  a chain of physiotherapy practices
  a family vineyard
  a municipal library
  a start-up in cold-chain logistics
  a boutique hotel by the sea
  a non-profit that plants trees
  a school for adult learners
  a veterinary clinic
  a community theatre
  a maker of hearing aids
  a property manager with 900 flats
  a co-operative of organic farms
  an architecture office
  a driving school
  a dental laboratory
  a festival for short films
  a ferry operator
  a second-hand book seller
  an independent coffee roaster
  a solar installer
  a research group at a university
  a language school
  a repair café
  a climbing gym
  a music label
  a maker of wooden toys
  a food bank
  a travel agency for night trains
  a clinic for sports medicine
  a wholesaler of ceramics
  an insurance broker
  a museum of technology
  a nursery school
  a regional newspaper
  a taxi co-operative
  a carpenter's workshop
  a fashion label from Zürich
  a bakery (Bäckerei) with six shops
  a publisher of 漫画 in translation
`);

/** How titles are built: {work} is what is wanted, {customer} for whom, {skill} the first skill. */
export const titles = list(`
  Build {work} for {customer}
  {skill} specialist needed: {work}
  Looking for help with {work}
  {work} – {customer}
  Freelancer wanted: {work} for {customer}
  {skill}: {work} for {customer}
  We need {work}
  Experienced {skill} person for {work}
  {customer} needs {work}
  Take over and finish {work}
  Second pair of hands for {work} ({skill})
  {work}, start within two weeks
`);

/** Opening sentences of descriptions. */
export const openings = list(`
  We are {customer} and would like to have {work}.
  {work}: that is the whole job, and we would like it done well.
  Our last freelancer has moved on, and {work} is half finished.
  For {customer} we are looking for somebody who has done {work} before.
  Hello! We run {customer}. This year we want {work}.
  This is a small, well-defined job: {work}.
  After a year of spreadsheets, {customer} is ready for {work}.
  We have a budget, a deadline and a clear picture of {work}.
  On behalf of {customer} I am looking for a calm, thorough person for {work}.
`);

/** Middle sentences of descriptions. */
export const details = list(`
  You will work with {skill} and, where it helps, {other}.
  Existing material is in good order and documented.
  We can share examples of what we like after a first talk.
  Knowledge of {other} is welcome but not required.
  There are about {count} items to look after at the start.
  Please plan for two rounds of changes.
  Our team is spread over three time zones; written updates matter more to us than meetings.
  Everything must be handed over with notes that a newcomer can follow.
  Privacy matters: no customer data may leave our systems.
  We expect a first usable result after {count} days.
  Access to a test environment is ready.
  The previous version exists since {year} and must keep working meanwhile.
  You decide how to do it; we decide whether it does what people need.
  German or French would help but English is enough.
  We pay promptly and answer questions the same day.
  Roughly {count} people will use the result every week.
  Quality comes before speed, but we have an event in {count} weeks.
  Please do not send generic proposals; two sentences about a similar job are enough. 🙂
`);

/** Closing sentences of descriptions. */
export const closings = list(`
  Please tell us when you could start.
  Start your proposal with the word "{word}" so that we know you have read this.
  Tell us about one similar job and what you would do differently today.
  We would love to work with the same person again next year.
  A short call before we begin is welcome.
  Please name a realistic price; the lowest does not win.
  Thank you for reading this far!
  Send one link to work you are proud of.
`);

/** Screening questions. */
export const questions = list(`
  Describe your recent experience with similar projects
  Which time zone do you work in?
  What is the first thing you would want to know from us?
  Please list any certifications related to this project
  How many hours a week can you give this?
  Have you worked with {skill} in production?
  What would you leave out to be finished a week earlier?
`);

/** Harmless words for "start your proposal with". */
export const passwords = list(`
  lantern
  paprika
  harbour
  juniper
  pebble
  cinnamon
  walnut
  meadow
`);

/** Country, city, state, time zone: mostly English names, some three-letter codes (FACTS §5). */
export const places = list(`
  United States, Austin, TX, America/Chicago
  United States, Portland, OR, America/Los_Angeles
  United States, Dana Point, CA, America/Los_Angeles
  United States, Boston, MA, America/New_York
  United Kingdom, London, , Europe/London
  GBR, Leeds, , Europe/London
  Canada, Surrey, BC, America/Vancouver
  Australia, Hobart, TAS, Australia/Hobart
  Germany, Köln, NW, Europe/Berlin
  DEU, Leipzig, SN, Europe/Berlin
  Switzerland, Zürich, ZH, Europe/Zurich
  Netherlands, Utrecht, , Europe/Amsterdam
  France, Nantes, , Europe/Paris
  Spain, Málaga, AN, Europe/Madrid
  Poland, Łódź, , Europe/Warsaw
  Israel, Haifa, , Asia/Jerusalem
  India, Pune, MH, Asia/Kolkata
  United Arab Emirates, Dubai, , Asia/Dubai
  Singapore, Singapore, , Asia/Singapore
  Japan, Nagoya, , Asia/Tokyo
  Brazil, Recife, PE, America/Recife
  NZL, Nelson, , Pacific/Auckland
`);
