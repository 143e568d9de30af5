@echo off
rem Has a double-click on a project or a package open it in Annotator, for this user; untried.
set program=%~dp0annotatorw.exe
reg add "HKCU\Software\Classes\Annotator.Project" /ve /d "Annotator project" /f
reg add "HKCU\Software\Classes\Annotator.Project\DefaultIcon" /ve /d "%program%,0" /f
reg add "HKCU\Software\Classes\Annotator.Project\shell\open\command" /ve /d "\"%program%\" \"%%1\"" /f
reg add "HKCU\Software\Classes\.annotator" /ve /d Annotator.Project /f
reg add "HKCU\Software\Classes\.annopack" /ve /d Annotator.Project /f
