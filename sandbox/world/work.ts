/** What clients of a subcategory ask for, and the skills they name. */
export interface Work {
  wanted: string[];
  skills: string[];
}

/* One line a subcategory: what is wanted, then `//`, then skills. */
const lines = `
Web Development: a booking portal with online payments; a customer dashboard with role-based access; a GraphQL API over an ageing PostgreSQL schema; a multi-vendor storefront; a WordPress theme rebuilt as a headless site; a real-time auction page; a members area with subscriptions; an internal ticketing tool; a quote calculator for the public site; a REST integration with a logistics partner; accessibility fixes on a large React site; page speed work on a content-heavy site; a migration from AngularJS to React; a webhook hub between CRM and warehouse; a document signing flow; a timetable planner in the browser // React|TypeScript|Node.js|Next.js|PostgreSQL|GraphQL|Laravel|PHP|Vue.js|Django|Python|WordPress|Tailwind CSS|REST API|Docker|C#|ASP.NET Core|Svelte
Web & Mobile Design: a redesign of our onboarding screens; a design system for a web product; wireframes for a patient app; a landing page that converts; a Figma prototype for investor talks // Figma|User Interface Design|User Experience Design|Wireframing|Prototyping|Responsive Design
Mobile Development: an offline-first field inspection app; a Flutter app for class bookings; a SwiftUI rewrite of an older Objective-C app; push notifications in a React Native app; a courier app with live maps; a Kotlin app that talks to a Bluetooth scale; a two-sided marketplace app; a loyalty card app; a camera-based stocktaking app; crash fixes in a published Android app; an Apple Watch companion; a meditation app with subscriptions // Flutter|React Native|Swift|SwiftUI|Kotlin|Android|iOS|Dart|Firebase|Jetpack Compose|Objective-C|Bluetooth LE|In-App Purchases
Desktop Application Development: a Windows tray tool that syncs folders; an Electron point-of-sale client; a Qt interface for a lab device; a macOS menu bar utility // C#|WPF|Electron|Qt|C++|Swift|.NET
Ecommerce Development: a Shopify theme with custom product options; a WooCommerce checkout repair; a Magento to Shopify move; a subscription box store; product feeds for three marketplaces // Shopify|Liquid|WooCommerce|Magento|Stripe|BigCommerce
Game Design & Development: a cosy puzzle game in Unity; multiplayer netcode for a party game; level design for a platformer; a Godot prototype of a card game // Unity|C#|Unreal Engine|Godot|Game Design|Blender
AI Apps & Integration: a support assistant over our own handbook; document extraction from scanned invoices; a retrieval pipeline with citations; a voice agent for appointment calls // Python|LangChain|OpenAI API|Vector Database|FastAPI|Prompt Engineering|RAG
Blockchain, NFT & Cryptocurrency: an audit of a small staking contract; a wallet-connected ticketing page; an indexer for on-chain events // Solidity|Ethereum|Web3.js|Rust|Smart Contracts
Scripts & Utilities: a Google Sheets automation; a script that renames and tags scans; a nightly export from an old database; a Chrome extension for our researchers // Python|Bash|Google Apps Script|Chrome Extension|PowerShell
Product Management & Scrum: a product owner for a public transport app; discovery interviews and a roadmap; a scrum master for two remote teams // Product Management|Scrum|Jira|Roadmapping|User Research
QA Testing: end-to-end tests for a checkout; manual testing on older Android phones; load tests before a ticket sale // Playwright|Cypress|Manual Testing|Selenium|k6|Test Planning
Other - Software Development: firmware for a soil sensor; a parser for legacy bank files; a plug-in for an audio workstation // C|Rust|Embedded C|C++|Parsing
Art & Illustration: a picture book of twelve spreads; botanical drawings for packaging; character sheets for a web comic // Illustration|Procreate|Adobe Illustrator|Character Design
Audio & Music Production: mixing for a four-track EP; an intro theme for a history podcast; noise removal on field interviews // Audio Editing|Mixing|Pro Tools|Music Composition
Branding & Logo Design: a logo and colours for a bakery chain; a brand book for a climbing gym; a name and mark for a tea importer // Logo Design|Brand Identity|Adobe Illustrator|Typography
NFT, AR/VR & Game Art: low-poly props for a farming game; an AR scene for a museum; rigged creatures for Unreal // 3D Modeling|Blender|Unreal Engine|ZBrush
Graphic, Editorial & Presentation Design: an annual report layout; slides for a conference keynote; a menu redesign; infographics on water use // Adobe InDesign|PowerPoint|Infographics|Layout Design
Performing Arts: a warm voice for museum audio guides; a Spanish narrator for e-learning; an actor for a training video // Voice Over|Narration|Acting
Photography: retouching for a jewellery catalogue; product photos of ceramics; event pictures sorted and graded // Photo Editing|Adobe Lightroom|Product Photography
Product Design: a foldable stool ready for tooling; packaging for glass bottles; an enclosure for a sensor // Industrial Design|SolidWorks|Packaging Design|Rhino
Video & Animation: an explainer on heat pumps; weekly editing of cooking videos; a title sequence; subtitles and shorts from long talks // After Effects|Premiere Pro|Motion Graphics|Video Editing|DaVinci Resolve
Database Management & Administration: slow queries on a busy MySQL server; a PostgreSQL upgrade without downtime; backups that can really be restored // PostgreSQL|MySQL|SQL Server|Query Tuning
ERP/CRM Software: HubSpot pipelines and reports; an Odoo inventory set-up; Salesforce flows for renewals // HubSpot|Odoo|Salesforce|NetSuite|Zapier
Information Security & Compliance: a penetration test of a web shop; SOC 2 readiness for a small team; a review of our cloud permissions // Penetration Testing|SOC 2|OWASP|ISO 27001
Network & System Administration: a VPN for three offices; mail delivery problems solved; Linux servers put under Ansible // Linux|Ansible|Networking|Windows Server
DevOps & Solution Architecture: a Kubernetes cluster made affordable; pipelines from commit to production; Terraform for an existing account // Kubernetes|Terraform|AWS|GitHub Actions|Docker
Digital Marketing: search ads for a driving school; a newsletter that people open; local SEO for dentists; a content calendar // SEO|Google Ads|Email Marketing|Meta Ads
Lead Generation & Telemarketing: a list of independent opticians; polite calls to past customers; LinkedIn outreach to facility managers // Lead Generation|LinkedIn Sales Navigator|Cold Calling
Marketing, PR & Brand Strategy: a launch plan for a cargo bike; press work for a small festival; positioning for a consultancy // Marketing Strategy|Public Relations|Copywriting
Data Analysis & Testing: a churn analysis; an A/B test evaluated properly; a survey of 900 answers; a Power BI sales report // SQL|Power BI|Python|Statistics|Tableau
Data Extraction/ETL: public tender data collected daily; a warehouse fed from five sources; PDFs turned into tables // ETL|dbt|Airflow|Web Scraping|Snowflake
Data Mining & Management: duplicate customers merged; a product catalogue cleaned; a taxonomy for 40,000 articles // Data Cleaning|SQL|OpenRefine|Excel
AI & Machine Learning: demand forecasts for a bakery chain; defect detection on photos; a recommender for a library // PyTorch|scikit-learn|Computer Vision|Time Series|TensorFlow
Sales & Marketing Copywriting: product pages for outdoor gear; a landing page for a tax tool; an e-mail sequence // Copywriting|Sales Copywriting|Email Copywriting
Content Writing: monthly articles on beekeeping; travel pieces about night trains; an FAQ in plain words // Content Writing|Blog Writing|SEO Writing
Editing & Proofreading Services: a thesis proofread; a memoir edited for rhythm; consistency over a 300-page manual // Proofreading|Copy Editing|Chicago Manual of Style
Professional & Business Writing: a grant application; a tender response; standard procedures for a clinic // Grant Writing|Business Writing|Technical Writing
Building & Landscape Architecture: drawings for a loft conversion; a planting plan for a courtyard; permit documents for a carport // AutoCAD|Revit|SketchUp
Chemical Engineering: a mass balance for a small brewery; a review of a cleaning process // Process Engineering|Chemical Engineering
Civil & Structural Engineering: calculations for a timber roof; drainage for a car park // Structural Engineering|Civil 3D|Eurocode
Contract Manufacturing: a supplier for bamboo brushes; quality checks at a textile mill // Sourcing|Quality Control|Supply Chain
Electrical & Electronic Engineering: a battery charger board; EMC problems on a motor driver; a PLC program for a conveyor // PCB Design|Altium Designer|KiCad|PLC Programming
Interior & Trade Show Design: a stand of twelve square metres; a calm dental practice; lighting for a reading room // Interior Design|3ds Max|SketchUp
Energy & Mechanical Engineering: a heat loss calculation; a gearbox housing; a pump chosen and documented // SolidWorks|FEA|HVAC
Physical Sciences: an assay protocol reviewed; sediment data interpreted // Chemistry|Geology|Scientific Writing
3D Modeling & CAD: a printable spare part; a house model from plans; a jewellery model for casting // Fusion 360|SolidWorks|Blender|3D Printing
Personal & Professional Coaching: interview practice for nurses; public speaking for engineers // Coaching|Public Speaking
Accounting & Bookkeeping: monthly books for a café; a VAT clean-up in Xero; catch-up bookkeeping for two years // Xero|QuickBooks|Bookkeeping|VAT
Financial Planning: a cash-flow model for a clinic; a budget for a non-profit // Financial Modeling|Excel|Forecasting
Recruiting & Human Resources: six welders found; a handbook for a remote team; screening of junior analysts // Recruiting|HR Policies|Sourcing
Management Consulting & Analysis: a pricing study; a warehouse process mapped; a business plan for a hostel // Business Analysis|Market Sizing|Process Improvement
Other - Accounting & Consulting: a subsidy application checked; an inventory audit // Consulting|Auditing
Data Entry & Transcription Services: handwritten registers typed up; interviews transcribed; receipts entered weekly // Data Entry|Transcription|Excel
Virtual Assistance: calendar and inbox for a surgeon; travel bookings for a choir; research on suppliers // Virtual Assistance|Email Management|Scheduling
Project Management: a relocation planned; a website relaunch coordinated; a construction schedule kept // Project Management|Asana|MS Project
Market Research & Product Reviews: interviews with cyclists; a comparison of oat drinks; a survey in three countries // Market Research|Surveys|Interviewing
Community Management & Tagging: a gaming server moderated; 5,000 photos tagged; comments answered kindly // Community Moderation|Image Annotation|Discord
Customer Service & Tech Support: evening chat support; a help desk set up; phone support in German // Customer Support|Zendesk|Live Chat
Corporate & Contract Law: terms for a software licence; an employment contract reviewed; a shareholder agreement // Contract Law|Legal Drafting
International & Immigration Law: a work visa for a baker; an export question answered // Immigration Law|International Law
Finance & Tax Law: advice on a cross-border sale; a tax ruling prepared // Tax Law|Legal Research
Public Law: a zoning objection; a data protection impact assessment // Administrative Law|GDPR
Language Tutoring & Interpretation: Portuguese lessons twice a week; an interpreter for a factory visit // Tutoring|Interpreting|Portuguese
Translation & Localization Services: a game localised into Polish; patents into Japanese; a museum guide into Arabic; an app into French // Translation|Localization|Japanese|Polish|French
`;

/** Per subcategory label. */
export const work: ReadonlyMap<string, Work> = new Map(
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [label = '', rest = ''] = line.split(/: (.*)/s);
      const [wanted = '', skills = ''] = rest.split(' // ');
      return [label, { wanted: wanted.split('; '), skills: skills.split('|') }];
    }),
);
