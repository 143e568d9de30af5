@echo off
rem Takes back what associate.cmd did; untried.
reg delete "HKCU\Software\Classes\Annotator.Project" /f
reg delete "HKCU\Software\Classes\.annotator" /f
reg delete "HKCU\Software\Classes\.annopack" /f
