/** A subcategory of Upwork's public taxonomy. */
export interface Subcategory {
  id: string;
  label: string;
  /** As the search node names it, for example `web_development`. */
  slug: string;
}

/** A category with its subcategories. */
export interface Category extends Subcategory {
  subcategories: Subcategory[];
}

/** Ids and labels are Upwork's public ones (FACTS §5, taxonomy). */
const taxonomy = `
Web, Mobile & Software Dev = 531770282580668418
  Web Development = 531770282584862733
  Web & Mobile Design = 531770282589057029
  Mobile Development = 531770282589057024
  Desktop Application Development = 531770282589057025
  Ecommerce Development = 531770282589057026
  Game Design & Development = 531770282589057027
  AI Apps & Integration = 1737190722360750082
  Blockchain, NFT & Cryptocurrency = 1517518458442309632
  Scripts & Utilities = 531770282589057028
  Product Management & Scrum = 531770282589057030
  QA Testing = 531770282589057031
  Other - Software Development = 531770282589057032
Design & Creative = 531770282580668421
  Art & Illustration = 531770282593251335
  Audio & Music Production = 531770282593251341
  Branding & Logo Design = 1044578476142100480
  NFT, AR/VR & Game Art = 1356688560628174848
  Graphic, Editorial & Presentation Design = 531770282593251334
  Performing Arts = 1356688565288046592
  Photography = 531770282593251340
  Product Design = 531770282601639953
  Video & Animation = 1356688570056970240
IT & Networking = 531770282580668419
  Database Management & Administration = 531770282589057033
  ERP/CRM Software = 531770282589057034
  Information Security & Compliance = 531770282589057036
  Network & System Administration = 531770282589057035
  DevOps & Solution Architecture = 531770282589057037
Sales & Marketing = 531770282580668422
  Digital Marketing = 531770282597445636
  Lead Generation & Telemarketing = 531770282597445634
  Marketing, PR & Brand Strategy = 531770282593251343
Data Science & Analytics = 531770282580668420
  Data Analysis & Testing = 531770282593251330
  Data Extraction/ETL = 531770282593251331
  Data Mining & Management = 531770282589057038
  AI & Machine Learning = 531770282593251329
Writing = 531770282580668423
  Sales & Marketing Copywriting = 1534904462131675136
  Content Writing = 1301900640421842944
  Editing & Proofreading Services = 531770282597445644
  Professional & Business Writing = 531770282597445646
Engineering & Architecture = 531770282584862722
  Building & Landscape Architecture = 531770282601639949
  Chemical Engineering = 531770282605834240
  Civil & Structural Engineering = 531770282601639950
  Contract Manufacturing = 531770282605834241
  Electrical & Electronic Engineering = 531770282601639951
  Interior & Trade Show Design = 531770282605834242
  Energy & Mechanical Engineering = 531770282601639952
  Physical Sciences = 1301900647896092672
  3D Modeling & CAD = 531770282601639948
Accounting & Consulting = 531770282584862721
  Personal & Professional Coaching = 1534904461833879552
  Accounting & Bookkeeping = 531770282601639943
  Financial Planning = 531770282601639945
  Recruiting & Human Resources = 531770282601639946
  Management Consulting & Analysis = 531770282601639944
  Other - Accounting & Consulting = 531770282601639947
Admin Support = 531770282580668416
  Data Entry & Transcription Services = 531770282584862724
  Virtual Assistance = 531770282584862725
  Project Management = 531770282584862728
  Market Research & Product Reviews = 531770282584862726
Customer Service = 531770282580668417
  Community Management & Tagging = 1484275072572772352
  Customer Service & Tech Support = 531770282584862730
Legal = 531770282584862723
  Corporate & Contract Law = 531770282605834246
  International & Immigration Law = 1484275156546932736
  Finance & Tax Law = 531770283696353280
  Public Law = 1484275408410693632
Translation = 531770282584862720
  Language Tutoring & Interpretation = 1534904461842268160
  Translation & Localization Services = 531770282601639939
`;

function read(): Category[] {
  const found: Category[] = [];
  for (const line of taxonomy.split('\n')) {
    const [label = '', id = ''] = line.trim().split(' = ');
    if (!id) continue;
    const entry = { id, label, slug: slugOf(label) };
    if (line.startsWith(' ')) found.at(-1)?.subcategories.push(entry);
    else found.push({ ...entry, subcategories: [] });
  }
  return found;
}

function slugOf(label: string): string {
  return label
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('_');
}

/** All categories, in the order of the site. */
export const categories: readonly Category[] = read();

/** A subcategory by id or label, with the category it stands in. */
export function findSubcategory(idOrLabel: string): { category: Category; subcategory: Subcategory } | undefined {
  for (const category of categories) {
    const subcategory = category.subcategories.find(({ id, label }) => id === idOrLabel || label === idOrLabel);
    if (subcategory) return { category, subcategory };
  }
  return undefined;
}

/** A category by id or label. */
export function findCategory(idOrLabel: string): Category | undefined {
  return categories.find(({ id, label }) => id === idOrLabel || label === idOrLabel);
}
