"""The domain of the Annotator: documents, spans, schemas, edits, and the verbs on an open project.

Plain Python only: no Qt, no SQL, and nothing imported from the storage, exporters or ui packages.
A newcomer starts with `model` (the records), `change` (an edit as data) and `editing` (the rules);
`services` holds the verbs that the window and the command line share.
"""
