using AvaConsole.Core.Naming;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class NameReservationConfiguration : IEntityTypeConfiguration<NameReservation>
{
    public void Configure(EntityTypeBuilder<NameReservation> builder)
    {
        builder.ToTable("name_reservations");
        builder.HasKey(reservation => new { reservation.Scope, reservation.Name });
        builder.HasIndex(reservation => reservation.Page);
        builder.Property(reservation => reservation.Scope).HasMaxLength(64);
        builder.Property(reservation => reservation.Name).HasMaxLength(128);
        builder.Property(reservation => reservation.HolderName).HasMaxLength(256);
    }
}
