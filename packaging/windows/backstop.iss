; The installer for Windows, made by Inno Setup 6 from dist\backstop:
;   iscc /DVersion=0.1.0 packaging\windows\backstop.iss
; For one user without rights of an administrator, or for all of them; not run on Windows yet.

#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif

[Setup]
AppId={{6E0D5A38-59C1-4F0B-9F5C-6B7C4F2A9D11}
AppName=Backstop
AppVersion={#Version}
AppVerName=Backstop {#Version}
AppPublisher=Backstop
VersionInfoVersion={#Version}
DefaultDirName={autopf}\Backstop
DefaultGroupName=Backstop
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=backstop-{#Version}-windows-setup
SetupIconFile=..\icons\backstop.ico
UninstallDisplayIcon={app}\backstop.exe
LicenseFile=..\..\dist\backstop\licences\NOTICE.txt
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes
; the workflow gives a sign tool of this name when it signs
#ifdef Sign
SignTool=signing
SignedUninstaller=yes
#endif

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: association; Description: "Open .deal files with Backstop"

[InstallDelete]
; libraries of an older version must not be found by a newer one
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\backstop\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Backstop"; Filename: "{app}\backstop.exe"
Name: "{autodesktop}\Backstop"; Filename: "{app}\backstop.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.deal\OpenWithProgids"; ValueType: string; ValueName: "Backstop.deal"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.deal"; ValueType: string; ValueName: ""; ValueData: "Backstop.deal"; Flags: uninsdeletevalue; Tasks: association
Root: HKA; Subkey: "Software\Classes\.deal"; ValueType: string; ValueName: "Content Type"; ValueData: "application/vnd.backstop.deal+json"; Flags: uninsdeletevalue; Tasks: association
Root: HKA; Subkey: "Software\Classes\Backstop.deal"; ValueType: string; ValueName: ""; ValueData: "Backstop deal"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Backstop.deal\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\backstop.exe,0"
Root: HKA; Subkey: "Software\Classes\Backstop.deal\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\backstop.exe"" ""%1"""

[Run]
Filename: "{app}\backstop.exe"; Description: "{cm:LaunchProgram,Backstop}"; Flags: nowait postinstall skipifsilent
