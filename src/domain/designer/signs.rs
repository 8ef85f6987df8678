//! The signs that a badge can have: of Lucide (ISC licence), an open set, each drawn as lines of one width.

/// A sign by its name, with what draws it within 24 × 24 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    pub name: &'static str,
    pub shapes: &'static str,
}

/// All signs, in the order in which they are offered.
pub fn signs() -> [Sign; 44] {
    use icondata_lu as lucide;
    [
        ("award", lucide::LuAward.data),
        ("code", lucide::LuCode.data),
        ("terminal", lucide::LuTerminal.data),
        ("database", lucide::LuDatabase.data),
        ("cloud", lucide::LuCloud.data),
        ("shield-check", lucide::LuShieldCheck.data),
        ("lock", lucide::LuLock.data),
        ("bug", lucide::LuBug.data),
        ("cpu", lucide::LuCpu.data),
        ("server", lucide::LuServer.data),
        ("network", lucide::LuNetwork.data),
        ("git-branch", lucide::LuGitBranch.data),
        ("rocket", lucide::LuRocket.data),
        ("compass", lucide::LuCompass.data),
        ("map", lucide::LuMap.data),
        ("target", lucide::LuTarget.data),
        ("lightbulb", lucide::LuLightbulb.data),
        ("book-open", lucide::LuBookOpen.data),
        ("graduation-cap", lucide::LuGraduationCap.data),
        ("pen-tool", lucide::LuPenTool.data),
        ("palette", lucide::LuPalette.data),
        ("camera", lucide::LuCamera.data),
        ("megaphone", lucide::LuMegaphone.data),
        ("messages-square", lucide::LuMessagesSquare.data),
        ("users", lucide::LuUsers.data),
        ("heart", lucide::LuHeart.data),
        ("handshake", lucide::LuHandshake.data),
        ("scale", lucide::LuScale.data),
        ("wrench", lucide::LuWrench.data),
        ("hard-hat", lucide::LuHardHat.data),
        ("truck", lucide::LuTruck.data),
        ("factory", lucide::LuFactory.data),
        ("flask-conical", lucide::LuFlaskConical.data),
        ("microscope", lucide::LuMicroscope.data),
        ("stethoscope", lucide::LuStethoscope.data),
        ("leaf", lucide::LuLeaf.data),
        ("mountain", lucide::LuMountain.data),
        ("flame", lucide::LuFlame.data),
        ("zap", lucide::LuZap.data),
        ("chart-line", lucide::LuChartLine.data),
        ("puzzle", lucide::LuPuzzle.data),
        ("gem", lucide::LuGem.data),
        ("globe", lucide::LuGlobe.data),
        ("languages", lucide::LuLanguages.data),
    ]
    .map(|(name, shapes)| Sign { name, shapes })
}
