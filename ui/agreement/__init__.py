"""The agreement screen: tables and plots of `annotator.agreement`, computed in a worker."""
