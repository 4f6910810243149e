using AvaConsole.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class ConsoleSettingsConfiguration : IEntityTypeConfiguration<ConsoleSettings>
{
    public void Configure(EntityTypeBuilder<ConsoleSettings> builder)
    {
        builder.ToTable("console_settings", table => table.HasCheckConstraint("ck_console_settings_one_row", "id = 1"));
        builder.Property(settings => settings.Id).ValueGeneratedNever();
    }
}
