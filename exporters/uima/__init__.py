"""UIMA CAS as INCEpTION and DKPro read it: types from the label schema, XMI and JSON out of one CAS."""
