PRAGMA application_id = 1095650900;
PRAGMA user_version = 9;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE project (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	created TEXT NOT NULL, 
	CONSTRAINT pk_project PRIMARY KEY (id)
);
CREATE TABLE annotator (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	colour TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_annotator PRIMARY KEY (id)
);
CREATE TABLE schema_version (
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	toml TEXT NOT NULL, 
	created TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_schema_version PRIMARY KEY (id)
);
CREATE TABLE guideline_version (
	id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	markdown TEXT NOT NULL, 
	created TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_guideline_version PRIMARY KEY (id)
);
CREATE TABLE document (
	id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	source_sha256 TEXT NOT NULL, 
	source_name TEXT NOT NULL, 
	text_version TEXT NOT NULL, 
	created TEXT NOT NULL, 
	metadata TEXT NOT NULL, 
	"case" TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_document PRIMARY KEY (place), 
	CONSTRAINT uq_document_id UNIQUE (id), 
	CONSTRAINT fk_document_text_version FOREIGN KEY(text_version) REFERENCES text_version (id)
);
CREATE TABLE text_version (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	reader TEXT NOT NULL, 
	reader_version TEXT NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	length INTEGER NOT NULL, 
	created TEXT NOT NULL, 
	options TEXT NOT NULL, 
	warnings TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_text_version PRIMARY KEY (id), 
	CONSTRAINT fk_text_version_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_text_version_text_sha256 FOREIGN KEY(text_sha256) REFERENCES text_content (sha256)
);
CREATE TABLE annotation_set (
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	owner TEXT, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_annotation_set PRIMARY KEY (id), 
	CONSTRAINT fk_annotation_set_owner FOREIGN KEY(owner) REFERENCES annotator (id)
);
CREATE TABLE annotation (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	text_version TEXT NOT NULL, 
	"set" TEXT NOT NULL, 
	label TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	fragments TEXT, 
	prefix TEXT NOT NULL, 
	exact TEXT NOT NULL, 
	suffix TEXT NOT NULL, 
	created TEXT NOT NULL, 
	changed TEXT NOT NULL, 
	attributes TEXT NOT NULL, 
	note TEXT NOT NULL, 
	certainty TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_annotation PRIMARY KEY (id), 
	CONSTRAINT fk_annotation_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_annotation_text_version FOREIGN KEY(text_version) REFERENCES text_version (id), 
	CONSTRAINT fk_annotation_set FOREIGN KEY("set") REFERENCES annotation_set (id)
);
CREATE TABLE document_label (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	"set" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	changed TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_document_label PRIMARY KEY (id), 
	CONSTRAINT fk_document_label_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_document_label_set FOREIGN KEY("set") REFERENCES annotation_set (id)
);
CREATE TABLE assignment (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	state TEXT NOT NULL, 
	layers TEXT NOT NULL, 
	message TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT fk_assignment_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_assignment_annotator FOREIGN KEY(annotator) REFERENCES annotator (id)
);
CREATE TABLE source_content (
	sha256 TEXT NOT NULL, 
	bytes BLOB NOT NULL, 
	CONSTRAINT pk_source_content PRIMARY KEY (sha256)
);
CREATE TABLE text_content (
	sha256 TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_text_content PRIMARY KEY (sha256)
);
CREATE TABLE page (
	text_version TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	geometry BLOB NOT NULL, 
	CONSTRAINT pk_page PRIMARY KEY (text_version, number)
);
CREATE TABLE paragraph (
	place INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	text_version TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_paragraph PRIMARY KEY (place), 
	CONSTRAINT fk_paragraph_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_paragraph_text_version FOREIGN KEY(text_version) REFERENCES text_version (id)
);
CREATE VIRTUAL TABLE paragraph_index USING fts5(document UNINDEXED, start UNINDEXED, text, content='paragraph', content_rowid='place', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE history (
	place INTEGER NOT NULL, 
	change_id TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	workstation TEXT NOT NULL, 
	n INTEGER NOT NULL, 
	time TEXT NOT NULL, 
	title TEXT NOT NULL, 
	document TEXT, 
	undoes TEXT, 
	takes_back INTEGER NOT NULL, 
	undone_by TEXT, 
	CONSTRAINT pk_history PRIMARY KEY (place), 
	CONSTRAINT uq_history_change_id UNIQUE (change_id), 
	CONSTRAINT uq_history_workstation_n UNIQUE (workstation, n)
);
CREATE TABLE history_record (
	place INTEGER NOT NULL, 
	change_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	record_id TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	CONSTRAINT pk_history_record PRIMARY KEY (place), 
	CONSTRAINT fk_history_record_change_id FOREIGN KEY(change_id) REFERENCES history (change_id)
);
CREATE TABLE work_interval (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	begun TEXT NOT NULL, 
	seconds INTEGER NOT NULL, 
	spans INTEGER NOT NULL, 
	finished INTEGER NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_work_interval PRIMARY KEY (id), 
	CONSTRAINT fk_work_interval_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_work_interval_annotator FOREIGN KEY(annotator) REFERENCES annotator (id)
);
CREATE TABLE export_recipe (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	options TEXT NOT NULL, 
	changed TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_export_recipe PRIMARY KEY (id)
);
CREATE TABLE history_parent (
	place INTEGER NOT NULL, 
	change_id TEXT NOT NULL, 
	record_id TEXT NOT NULL, 
	parent TEXT NOT NULL, 
	CONSTRAINT pk_history_parent PRIMARY KEY (place), 
	CONSTRAINT fk_history_parent_change_id FOREIGN KEY(change_id) REFERENCES history (change_id)
);
CREATE TABLE contested (
	record_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	CONSTRAINT pk_contested PRIMARY KEY (record_id)
);
CREATE TABLE merged (
	place INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	time TEXT NOT NULL, 
	name TEXT NOT NULL, 
	package TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	changes INTEGER NOT NULL, 
	records INTEGER NOT NULL, 
	after_change INTEGER NOT NULL, 
	last_change INTEGER NOT NULL, 
	after_record INTEGER NOT NULL, 
	last_record INTEGER NOT NULL, 
	CONSTRAINT pk_merged PRIMARY KEY (place)
);
CREATE TABLE decision (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	annotation TEXT, 
	outcome TEXT NOT NULL, 
	proposers TEXT NOT NULL, 
	decided_by TEXT NOT NULL, 
	decided TEXT NOT NULL, 
	rule_id TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	comment TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	layer TEXT NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	schema_number INTEGER NOT NULL, 
	guideline_number INTEGER NOT NULL, 
	candidates TEXT NOT NULL, 
	absent TEXT NOT NULL, 
	results TEXT NOT NULL, 
	verdicts TEXT NOT NULL, 
	flags TEXT NOT NULL, 
	seed INTEGER NOT NULL, 
	suggestion TEXT NOT NULL, 
	active_ms INTEGER NOT NULL, 
	supersedes TEXT NOT NULL, 
	app_version TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (id), 
	CONSTRAINT fk_decision_document FOREIGN KEY(document) REFERENCES document (id)
);
CREATE TABLE court_case (
	id TEXT NOT NULL, 
	docket_number TEXT NOT NULL, 
	court TEXT NOT NULL, 
	caption TEXT NOT NULL, 
	changed TEXT NOT NULL, 
	note TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_court_case PRIMARY KEY (id)
);
CREATE TABLE case_document (
	id TEXT NOT NULL, 
	"case" TEXT NOT NULL, 
	document TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_case_document PRIMARY KEY (id), 
	CONSTRAINT fk_case_document_case FOREIGN KEY("case") REFERENCES court_case (id), 
	CONSTRAINT fk_case_document_document FOREIGN KEY(document) REFERENCES document (id)
);
CREATE TABLE relation (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	"set" TEXT NOT NULL, 
	type TEXT NOT NULL, 
	source TEXT NOT NULL, 
	target TEXT NOT NULL, 
	created TEXT NOT NULL, 
	changed TEXT NOT NULL, 
	attributes TEXT NOT NULL, 
	note TEXT NOT NULL, 
	certainty TEXT NOT NULL, 
	origin TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_relation PRIMARY KEY (id), 
	CONSTRAINT fk_relation_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_relation_set FOREIGN KEY("set") REFERENCES annotation_set (id), 
	CONSTRAINT fk_relation_source FOREIGN KEY(source) REFERENCES annotation (id), 
	CONSTRAINT fk_relation_target FOREIGN KEY(target) REFERENCES annotation (id)
);
CREATE TABLE rejection (
	id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	"set" TEXT NOT NULL, 
	label TEXT NOT NULL, 
	words TEXT NOT NULL, 
	created TEXT NOT NULL, 
	revision TEXT NOT NULL, 
	CONSTRAINT pk_rejection PRIMARY KEY (id), 
	CONSTRAINT fk_rejection_document FOREIGN KEY(document) REFERENCES document (id), 
	CONSTRAINT fk_rejection_set FOREIGN KEY("set") REFERENCES annotation_set (id)
);
CREATE TABLE learned_model (
	name TEXT NOT NULL, 
	header TEXT NOT NULL, 
	CONSTRAINT pk_learned_model PRIMARY KEY (name)
);
CREATE TABLE learned_content (
	name TEXT NOT NULL, 
	bytes BLOB NOT NULL, 
	CONSTRAINT pk_learned_content PRIMARY KEY (name)
);
CREATE TABLE hub (
	address TEXT NOT NULL, 
	login TEXT NOT NULL, 
	annotator TEXT NOT NULL, 
	role TEXT NOT NULL, 
	pulled INTEGER NOT NULL, 
	sent INTEGER NOT NULL
);
CREATE TABLE hub_refusal (
	change_id TEXT NOT NULL, 
	sentence TEXT NOT NULL, 
	CONSTRAINT pk_hub_refusal PRIMARY KEY (change_id)
);
CREATE INDEX ix_document_source ON document (source_sha256);
CREATE INDEX ix_text_version_document ON text_version (document);
CREATE INDEX ix_text_version_text ON text_version (text_sha256);
CREATE INDEX ix_annotation_label ON annotation ("set", label, document, exact);
CREATE INDEX ix_annotation_place ON annotation (document, "set", start, "end");
CREATE INDEX ix_annotation_text_version ON annotation (text_version);
CREATE INDEX ix_document_label_place ON document_label (document, "set");
CREATE INDEX ix_assignment_annotator ON assignment (annotator);
CREATE INDEX ix_assignment_document ON assignment (document);
CREATE INDEX ix_paragraph_document ON paragraph (document);
CREATE INDEX ix_paragraph_text_version ON paragraph (text_version);
CREATE INDEX ix_history_document ON history (document);
CREATE INDEX ix_history_edits ON history (workstation, document, n) WHERE undoes IS NULL;
CREATE INDEX ix_history_undo ON history (workstation, document, takes_back, n) WHERE undone_by IS NULL;
CREATE INDEX ix_history_record_change ON history_record (change_id);
CREATE INDEX ix_history_record_record ON history_record (record_id);
CREATE INDEX ix_work_interval_document ON work_interval (document);
CREATE INDEX ix_work_interval_annotator ON work_interval (annotator, begun);
CREATE INDEX ix_history_parent_record ON history_parent (record_id);
CREATE INDEX ix_decision_document ON decision (document);
CREATE INDEX ix_decision_annotation ON decision (annotation);
CREATE INDEX ix_case_document_case ON case_document ("case");
CREATE INDEX ix_case_document_document ON case_document (document);
CREATE INDEX ix_relation_place ON relation (document, "set");
CREATE INDEX ix_relation_source ON relation (source);
CREATE INDEX ix_relation_target ON relation (target);
CREATE INDEX ix_rejection_document ON rejection (document);
CREATE INDEX ix_rejection_set ON rejection ("set");
INSERT INTO project VALUES ('01a213a10d5278478495358d63256171', 'Rulings', '2026-11-25T16:54:11.570Z');
INSERT INTO annotator VALUES ('ana', 'Ana', 'lead', '#777777', '01a213a10d537fb0b92b8c07c544c7d5');
INSERT INTO schema_version VALUES ('schema-1', 1, '# The label schema for legal news and the court documents it reports on.
#
# A project copies this file when it is made; from then on the copy in the project is the truth. Ids are
# permanent and stored with every span, names are only display (`name = "..."`, else made from the id), so
# rename freely but never reuse an id: retire a label with `retired = true` or `merged_into = "other"`.
#
# `on` lists kinds of document (article, opinion, order, proposed_order, brief, transcript, form), none
# for all; a proposed order counts as an order, a transcript or form as a brief, unless it is named.
# `on_demand` lists kinds where a label is only offered on demand. `for`, `from` and `to` list labels or
# groups. The decision rules R1-R5 and a page for each label are in the guidelines.

name = "legal-news"
version = 1

# A name for several labels.
decided = ["holding", "order", "finding", "reasoning"]

# `default` is a value or what is proposed from quotation marks or from the kind of document. With
# `per = "name"` the value last given to a name is proposed for every repeat of that name.
attribute = [
  { id = "role", for = ["organization", "person"], values = ["none", "plaintiff", "defendant", "counsel", "witness", "amicus"], default = "none", per = "name" },
  { id = "act", for = ["claim"], values = ["asserts", "alleges", "denies", "admits", "predicts", "urges", "promises"], required = true },
  { id = "source_kind", for = ["source"], values = ["party", "counsel", "government", "expert", "advocate", "press", "unnamed"], required = true },
  { id = "quote", for = ["claim", "decided"], values = ["indirect", "direct", "mixed"], default = "from-marks" },
  { id = "voice", for = ["decided"], values = ["own", "reported"], default = "from-kind" },
  { id = "status", for = ["holding", "order"], values = ["entered", "proposed", "stayed", "superseded", "unknown"], default = "from-kind" },
  { id = "opinion", for = ["decided"], values = ["court", "concurrence", "dissent"], default = "court" },
  { id = "disposition", for = ["order"], values = ["enjoined", "granted", "denied", "in_part", "affirmed", "reversed", "vacated", "dismissed", "other"], required = true },
  { id = "issue", for = ["holding", "order", "finding"], values = ["immunity", "jurisdiction", "liability", "damages", "injunction", "discovery", "other"], required = true },
  { id = "record", for = ["claim", "decided"], on = ["article"], values = ["not_searched", "found", "searched_absent", "not_in_corpus"], default = "not_searched" },
]

# Attributes of whole documents.
document = [
  { id = "topic", values = ["antitrust", "civil_rights", "contracts", "criminal", "employment", "intellectual_property", "privacy", "regulation", "other"], kind = "choices" },
  { id = "jurisdiction", values = ["federal", "state", "foreign", "international", "none"] },
  { id = "stance", on = ["article"], values = ["neutral", "for_plaintiff", "for_defendant", "against_both"] },
  { id = "usable", kind = "bool", default = "true" },
  { id = "why_not_usable", name = "Why not usable", kind = "text" },
]

# Directed links. `values`: one of these qualifies the link; `several`: any number of these does.
# `same_label`: both ends have one label, later to first mention; `across`: into other documents too.
relation = [
  { id = "source", from = ["claim"], to = ["source"] },
  { id = "cue", from = ["claim"], to = ["cue"] },
  { id = "refers_to", from = ["source"], to = ["organization", "person"] },
  { id = "issued_by", from = ["decided"], to = ["court", "judge"] },
  { id = "decides", from = ["holding"], to = ["claim"], values = ["accepts", "rejects", "in_part"] },
  { id = "restates", from = ["claim", "decided"], to = ["claim", "decided"], same_label = true },
  { id = "reports", from = ["claim", "decided"], to = ["claim", "decided"], across = true, several = ["accurate", "overstates", "understates", "omits_condition", "misattributes", "contradicts"] },
]

[[layer]]
id = "entity"
on = ["article", "opinion", "order", "brief"]
label = [
  { id = "organization", key = "1", colour = "#56B4E9", is = "named body that acts" },
  { id = "person", key = "2", colour = "#CC79A7", is = "named human, not a judge" },
  { id = "court", key = "3", colour = "#56B4E9", is = "named court, without ''the''" },
  { id = "judge", key = "4", colour = "#CC79A7", is = "named judge, title inside" },
  { id = "product", key = "5", colour = "#BBBBBB", is = "named thing used or attacked" },
  { id = "law", key = "6", colour = "#F0E442", is = "named statute, rule, treaty" },
  { id = "date", key = "7", colour = "#BBBBBB", is = "calendar time" },
  { id = "location", key = "8", colour = "#BBBBBB", is = "named place, no adjectives" },
  { id = "citation", key = "9", colour = "#F0E442", is = "case cite, full or short" },
  { id = "money", key = "0", colour = "#BBBBBB", is = "amount with currency" },
  { id = "docket", key = "b", colour = "#F0E442", is = "case or entry number" },
]

# In court documents only as the end of a link, and left out of agreement there.
[[layer]]
id = "claim"
on = ["article"]
on_demand = ["opinion", "order", "brief"]
# A span does not end with these when it is made, unless it is marked exactly as drawn.
trim_end = " .,;:"
label = [
  { id = "claim", key = "c", colour = "#E69F00", is = "attributed content; not a cause of action" },
  { id = "source", key = "v", colour = "#E69F00", slot_of = "claim", is = "words naming who says it" },
  { id = "cue", key = "x", colour = "#E69F00", slot_of = "claim", is = "words that attribute" },
]

[[layer]]
id = "holding"
on = ["article", "opinion", "order"]
on_demand = ["brief"]
trim_end = " .,;:"
label = [
  { id = "holding", key = "d", colour = "#0072B2", is = "legal question a court decided" },
  { id = "order", key = "r", colour = "#D55E00", is = "command, or a motion''s fate" },
  { id = "finding", key = "f", colour = "#009E73", is = "fact or liability found" },
  { id = "reasoning", key = "y", colour = "#999999", on_demand = ["opinion", "order"], is = "court''s other words, dicta too" },
]

[[layer]]
id = "text"
on = ["article", "opinion", "order", "brief"]
label = [
  { id = "discard", key = "z", colour = "#777777", is = "not the document''s own text" },
  { id = "discuss", key = "q", colour = "#777777", is = "ask the lead" },
]
', '2026-11-25T16:54:11.539Z', '01a213a10d537fb0b92b8c07c544c7d5');
INSERT INTO guideline_version VALUES ('guidelines-1', 1, '# Guidelines
', '2026-11-25T16:54:11.539Z', '01a213a10d537fb0b92b8c07c544c7d5');
INSERT INTO document VALUES ('document-1', 'Court rules on immunity', 'article', 'd39f006a99f4c8b5271870ef4c7167c43a1fd6de0c81fdd95bcb1670f3fda12a', 'immunity.txt', 'document-1-text', '2025-10-17T09:30:00.000Z', '{}', '', '01a213a10d847de8b80f05367aa4e22a', 1);
INSERT INTO text_version VALUES ('document-1-text', 'document-1', 'text', '1', 'd39f006a99f4c8b5271870ef4c7167c43a1fd6de0c81fdd95bcb1670f3fda12a', 162, '2025-10-17T09:30:00.000Z', '{}', '[]', '01a213a10d847de8b80f05367aa4e22a');
INSERT INTO annotation_set VALUES ('d434cd0586b152b89b70f7955d687a3d', 'annotator', 'ana', '01a213a10d537fb0b92b8c07c544c7d5');
INSERT INTO annotation_set VALUES ('e040e073e6db587aa1233ea918a6f227', 'gold', NULL, '01a213a10d537fb0b92b8c07c544c7d5');
INSERT INTO annotation VALUES ('annotation-1', 'document-1', 'document-1-text', 'd434cd0586b152b89b70f7955d687a3d', 'court', 0, 5, NULL, '', 'Judge', ' Ada Romero of the District Cour', '2025-10-17T09:30:00.000Z', '2025-10-17T09:30:00.000Z', '{}', '', 'sure', 'manual', '01a213a10d8f7033ba38ed394691f520');
INSERT INTO annotation VALUES ('span-2', 'document-1', 'document-1-text', 'd434cd0586b152b89b70f7955d687a3d', 'court', 6, 9, NULL, 'Judge ', 'Ada', ' Romero of the District Court ru', '2025-10-17T09:30:00.000Z', '2025-10-17T09:30:00.000Z', '{}', 'A note', 'sure', 'manual', '01a213a10d927371b0307d118b409633');
INSERT INTO source_content VALUES ('d39f006a99f4c8b5271870ef4c7167c43a1fd6de0c81fdd95bcb1670f3fda12a', X'4A756467652041646120526F6D65726F206F662074686520446973747269637420436F7572742072756C65642074686174204E6F7276656C2063616E6E6F7420636C61696D20696D6D756E6974792E0A4E6F7276656CE2809973206C617779657220736169642074686520636F6D70616E792077696C6C2061707065616C2E20E2809C576520726573706563742074686520636F7572742CE2809D20736865207361696420F09F98802E0A');
INSERT INTO text_content VALUES ('d39f006a99f4c8b5271870ef4c7167c43a1fd6de0c81fdd95bcb1670f3fda12a', 'Judge Ada Romero of the District Court ruled that Norvel cannot claim immunity.
Norvel’s lawyer said the company will appeal. “We respect the court,” she said 😀.
');
INSERT INTO paragraph VALUES (1, 'document-1', 'document-1-text', 0, 'Judge Ada Romero of the District Court ruled that Norvel cannot claim immunity.');
INSERT INTO paragraph VALUES (2, 'document-1', 'document-1-text', 80, 'Norvel’s lawyer said the company will appeal. “We respect the court,” she said 😀.');
INSERT INTO history VALUES (1, '01a213a10d537fb0b92b8c07c544c7d5', 'ana', 'workstation-1', 1, '2026-11-25T16:54:11.573Z', 'Make the project', NULL, NULL, 0, NULL);
INSERT INTO history VALUES (2, '01a213a10d847de8b80f05367aa4e22a', 'ana', 'workstation-1', 2, '2026-11-25T16:54:11.594Z', 'Import Court rules on immunity', 'document-1', NULL, 0, NULL);
INSERT INTO history VALUES (3, '01a213a10d8f7033ba38ed394691f520', 'ana', 'workstation-1', 3, '2026-11-25T16:54:11.600Z', 'Mark Court', 'document-1', NULL, 0, NULL);
INSERT INTO history VALUES (4, '01a213a10d927371b0307d118b409633', 'ana', 'workstation-1', 4, '2026-11-25T16:54:11.603Z', 'Mark Court', 'document-1', NULL, 0, NULL);
INSERT INTO history_record VALUES (1, '01a213a10d537fb0b92b8c07c544c7d5', 'schema_version', 'schema-1', NULL, '{"id":"schema-1","number":1,"toml":"# The label schema for legal news and the court documents it reports on.\n#\n# A project copies this file when it is made; from then on the copy in the project is the truth. Ids are\n# permanent and stored with every span, names are only display (`name = \"...\"`, else made from the id), so\n# rename freely but never reuse an id: retire a label with `retired = true` or `merged_into = \"other\"`.\n#\n# `on` lists kinds of document (article, opinion, order, proposed_order, brief, transcript, form), none\n# for all; a proposed order counts as an order, a transcript or form as a brief, unless it is named.\n# `on_demand` lists kinds where a label is only offered on demand. `for`, `from` and `to` list labels or\n# groups. The decision rules R1-R5 and a page for each label are in the guidelines.\n\nname = \"legal-news\"\nversion = 1\n\n# A name for several labels.\ndecided = [\"holding\", \"order\", \"finding\", \"reasoning\"]\n\n# `default` is a value or what is proposed from quotation marks or from the kind of document. With\n# `per = \"name\"` the value last given to a name is proposed for every repeat of that name.\nattribute = [\n  { id = \"role\", for = [\"organization\", \"person\"], values = [\"none\", \"plaintiff\", \"defendant\", \"counsel\", \"witness\", \"amicus\"], default = \"none\", per = \"name\" },\n  { id = \"act\", for = [\"claim\"], values = [\"asserts\", \"alleges\", \"denies\", \"admits\", \"predicts\", \"urges\", \"promises\"], required = true },\n  { id = \"source_kind\", for = [\"source\"], values = [\"party\", \"counsel\", \"government\", \"expert\", \"advocate\", \"press\", \"unnamed\"], required = true },\n  { id = \"quote\", for = [\"claim\", \"decided\"], values = [\"indirect\", \"direct\", \"mixed\"], default = \"from-marks\" },\n  { id = \"voice\", for = [\"decided\"], values = [\"own\", \"reported\"], default = \"from-kind\" },\n  { id = \"status\", for = [\"holding\", \"order\"], values = [\"entered\", \"proposed\", \"stayed\", \"superseded\", \"unknown\"], default = \"from-kind\" },\n  { id = \"opinion\", for = [\"decided\"], values = [\"court\", \"concurrence\", \"dissent\"], default = \"court\" },\n  { id = \"disposition\", for = [\"order\"], values = [\"enjoined\", \"granted\", \"denied\", \"in_part\", \"affirmed\", \"reversed\", \"vacated\", \"dismissed\", \"other\"], required = true },\n  { id = \"issue\", for = [\"holding\", \"order\", \"finding\"], values = [\"immunity\", \"jurisdiction\", \"liability\", \"damages\", \"injunction\", \"discovery\", \"other\"], required = true },\n  { id = \"record\", for = [\"claim\", \"decided\"], on = [\"article\"], values = [\"not_searched\", \"found\", \"searched_absent\", \"not_in_corpus\"], default = \"not_searched\" },\n]\n\n# Attributes of whole documents.\ndocument = [\n  { id = \"topic\", values = [\"antitrust\", \"civil_rights\", \"contracts\", \"criminal\", \"employment\", \"intellectual_property\", \"privacy\", \"regulation\", \"other\"], kind = \"choices\" },\n  { id = \"jurisdiction\", values = [\"federal\", \"state\", \"foreign\", \"international\", \"none\"] },\n  { id = \"stance\", on = [\"article\"], values = [\"neutral\", \"for_plaintiff\", \"for_defendant\", \"against_both\"] },\n  { id = \"usable\", kind = \"bool\", default = \"true\" },\n  { id = \"why_not_usable\", name = \"Why not usable\", kind = \"text\" },\n]\n\n# Directed links. `values`: one of these qualifies the link; `several`: any number of these does.\n# `same_label`: both ends have one label, later to first mention; `across`: into other documents too.\nrelation = [\n  { id = \"source\", from = [\"claim\"], to = [\"source\"] },\n  { id = \"cue\", from = [\"claim\"], to = [\"cue\"] },\n  { id = \"refers_to\", from = [\"source\"], to = [\"organization\", \"person\"] },\n  { id = \"issued_by\", from = [\"decided\"], to = [\"court\", \"judge\"] },\n  { id = \"decides\", from = [\"holding\"], to = [\"claim\"], values = [\"accepts\", \"rejects\", \"in_part\"] },\n  { id = \"restates\", from = [\"claim\", \"decided\"], to = [\"claim\", \"decided\"], same_label = true },\n  { id = \"reports\", from = [\"claim\", \"decided\"], to = [\"claim\", \"decided\"], across = true, several = [\"accurate\", \"overstates\", \"understates\", \"omits_condition\", \"misattributes\", \"contradicts\"] },\n]\n\n[[layer]]\nid = \"entity\"\non = [\"article\", \"opinion\", \"order\", \"brief\"]\nlabel = [\n  { id = \"organization\", key = \"1\", colour = \"#56B4E9\", is = \"named body that acts\" },\n  { id = \"person\", key = \"2\", colour = \"#CC79A7\", is = \"named human, not a judge\" },\n  { id = \"court\", key = \"3\", colour = \"#56B4E9\", is = \"named court, without ''the''\" },\n  { id = \"judge\", key = \"4\", colour = \"#CC79A7\", is = \"named judge, title inside\" },\n  { id = \"product\", key = \"5\", colour = \"#BBBBBB\", is = \"named thing used or attacked\" },\n  { id = \"law\", key = \"6\", colour = \"#F0E442\", is = \"named statute, rule, treaty\" },\n  { id = \"date\", key = \"7\", colour = \"#BBBBBB\", is = \"calendar time\" },\n  { id = \"location\", key = \"8\", colour = \"#BBBBBB\", is = \"named place, no adjectives\" },\n  { id = \"citation\", key = \"9\", colour = \"#F0E442\", is = \"case cite, full or short\" },\n  { id = \"money\", key = \"0\", colour = \"#BBBBBB\", is = \"amount with currency\" },\n  { id = \"docket\", key = \"b\", colour = \"#F0E442\", is = \"case or entry number\" },\n]\n\n# In court documents only as the end of a link, and left out of agreement there.\n[[layer]]\nid = \"claim\"\non = [\"article\"]\non_demand = [\"opinion\", \"order\", \"brief\"]\n# A span does not end with these when it is made, unless it is marked exactly as drawn.\ntrim_end = \" .,;:\"\nlabel = [\n  { id = \"claim\", key = \"c\", colour = \"#E69F00\", is = \"attributed content; not a cause of action\" },\n  { id = \"source\", key = \"v\", colour = \"#E69F00\", slot_of = \"claim\", is = \"words naming who says it\" },\n  { id = \"cue\", key = \"x\", colour = \"#E69F00\", slot_of = \"claim\", is = \"words that attribute\" },\n]\n\n[[layer]]\nid = \"holding\"\non = [\"article\", \"opinion\", \"order\"]\non_demand = [\"brief\"]\ntrim_end = \" .,;:\"\nlabel = [\n  { id = \"holding\", key = \"d\", colour = \"#0072B2\", is = \"legal question a court decided\" },\n  { id = \"order\", key = \"r\", colour = \"#D55E00\", is = \"command, or a motion''s fate\" },\n  { id = \"finding\", key = \"f\", colour = \"#009E73\", is = \"fact or liability found\" },\n  { id = \"reasoning\", key = \"y\", colour = \"#999999\", on_demand = [\"opinion\", \"order\"], is = \"court''s other words, dicta too\" },\n]\n\n[[layer]]\nid = \"text\"\non = [\"article\", \"opinion\", \"order\", \"brief\"]\nlabel = [\n  { id = \"discard\", key = \"z\", colour = \"#777777\", is = \"not the document''s own text\" },\n  { id = \"discuss\", key = \"q\", colour = \"#777777\", is = \"ask the lead\" },\n]\n","created":"2026-11-25T16:54:11.539Z","revision":"01a213a10d537fb0b92b8c07c544c7d5"}');
INSERT INTO history_record VALUES (2, '01a213a10d537fb0b92b8c07c544c7d5', 'guideline_version', 'guidelines-1', NULL, '{"id":"guidelines-1","number":1,"markdown":"# Guidelines\n","created":"2026-11-25T16:54:11.539Z","revision":"01a213a10d537fb0b92b8c07c544c7d5"}');
INSERT INTO history_record VALUES (3, '01a213a10d537fb0b92b8c07c544c7d5', 'annotator', 'ana', NULL, '{"id":"ana","name":"Ana","role":"lead","colour":"#777777","revision":"01a213a10d537fb0b92b8c07c544c7d5"}');
INSERT INTO history_record VALUES (4, '01a213a10d537fb0b92b8c07c544c7d5', 'annotation_set', 'd434cd0586b152b89b70f7955d687a3d', NULL, '{"id":"d434cd0586b152b89b70f7955d687a3d","kind":"annotator","owner":"ana","revision":"01a213a10d537fb0b92b8c07c544c7d5"}');
INSERT INTO history_record VALUES (5, '01a213a10d537fb0b92b8c07c544c7d5', 'annotation_set', 'e040e073e6db587aa1233ea918a6f227', NULL, '{"id":"e040e073e6db587aa1233ea918a6f227","kind":"gold","owner":null,"revision":"01a213a10d537fb0b92b8c07c544c7d5"}');
INSERT INTO history_record VALUES (6, '01a213a10d847de8b80f05367aa4e22a', 'document', 'document-1', NULL, '{"id":"document-1","title":"Court rules on immunity","kind":"article","source_sha256":"d39f006a99f4c8b5271870ef4c7167c43a1fd6de0c81fdd95bcb1670f3fda12a","source_name":"immunity.txt","text_version":"document-1-text","created":"2025-10-17T09:30:00.000Z","metadata":{},"case":"","revision":"01a213a10d847de8b80f05367aa4e22a"}');
INSERT INTO history_record VALUES (7, '01a213a10d847de8b80f05367aa4e22a', 'text_version', 'document-1-text', NULL, '{"id":"document-1-text","document":"document-1","reader":"text","reader_version":"1","text_sha256":"d39f006a99f4c8b5271870ef4c7167c43a1fd6de0c81fdd95bcb1670f3fda12a","length":162,"created":"2025-10-17T09:30:00.000Z","options":{},"warnings":[],"revision":"01a213a10d847de8b80f05367aa4e22a"}');
INSERT INTO history_record VALUES (8, '01a213a10d8f7033ba38ed394691f520', 'annotation', 'annotation-1', NULL, '{"id":"annotation-1","document":"document-1","text_version":"document-1-text","set":"d434cd0586b152b89b70f7955d687a3d","label":"court","fragments":[[0,5]],"quote":{"prefix":"","exact":"Judge","suffix":" Ada Romero of the District Cour"},"created":"2025-10-17T09:30:00.000Z","changed":"2025-10-17T09:30:00.000Z","attributes":{},"note":"","certainty":"sure","origin":"manual","revision":"01a213a10d8f7033ba38ed394691f520"}');
INSERT INTO history_record VALUES (9, '01a213a10d927371b0307d118b409633', 'annotation', 'span-2', NULL, '{"id":"span-2","document":"document-1","text_version":"document-1-text","set":"d434cd0586b152b89b70f7955d687a3d","label":"court","fragments":[[6,9]],"quote":{"prefix":"Judge ","exact":"Ada","suffix":" Romero of the District Court ru"},"created":"2025-10-17T09:30:00.000Z","changed":"2025-10-17T09:30:00.000Z","attributes":{},"note":"A note","certainty":"sure","origin":"manual","revision":"01a213a10d927371b0307d118b409633"}');
INSERT INTO alembic_version VALUES ('0009');
INSERT INTO paragraph_index (paragraph_index) VALUES ('rebuild');
